namespace AudioEmotionXai.Evaluation;

/// <summary>How alike a method's maps of the same clips are, and how complex they are.</summary>
internal static class MapSimilarity
{
    private const int Bins = 100;

    /// <summary>Spearman's correlation of each clip's maps, of magnitudes or with signs; NaN where a map is constant.</summary>
    public static double[] Of(float[][] first, float[][] second, bool isSigned = false) =>
        [.. first.Zip(second, (a, b) => RankCorrelation.Spearman(Values(a, isSigned), Values(b, isSigned)))];

    /// <summary>The mean of what is defined; NaN where that is less than half.</summary>
    public static double Mean(IReadOnlyCollection<double> values)
    {
        double[] defined = [.. values.Where(double.IsFinite)];
        return 2 * defined.Length < values.Count || defined.Length == 0 ? double.NaN : Sums.Mean(defined);
    }

    /// <summary>
    /// The relative rise of complexity from one clip's map to another: (H(changed) - H(map)) / H(map), H the entropy of a histogram of 100
    /// equal bins between a map's extremes; NaN where the first is constant. Hedström et al., "Sanity checks revisited", 2024,
    /// arXiv:2405.02383.
    /// </summary>
    public static double EntropyRise(float[] map, float[] changed)
    {
        double entropy = Entropy(map);
        return entropy == 0 ? double.NaN : (Entropy(changed) - entropy) / entropy;
    }

    private static double Entropy(float[] map)
    {
        float low = map.Min(), high = map.Max();
        if (!(high > low))
            return 0;
        int[] counts = new int[Bins];
        foreach (float value in map)
            counts[Math.Min((int)(((double)value - low) / ((double)high - low) * Bins), Bins - 1)]++;
        double entropy = 0;
        foreach (int count in counts)
            if (count > 0)
                entropy -= (double)count / map.Length * Math.Log((double)count / map.Length);
        return entropy;
    }

    private static float[] Values(float[] map, bool isSigned) => isSigned ? map : Array.ConvertAll(map, Math.Abs);
}
