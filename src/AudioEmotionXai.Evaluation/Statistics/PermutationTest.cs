namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Permutation tests within clips: no assumption on the distribution of drops. The observed labelling counts among the drawn ones,
/// so p is never 0. Phipson and Smyth, "Permutation p-values should never be zero", 2010, doi:10.2202/1544-6115.1585.
/// </summary>
internal static class PermutationTest
{
    // Sums that differ by rounding alone count as equal.
    private const double Rounding = 1e-12;

    /// <summary>
    /// One-sided p: how often a mean as large comes up when, within each clip, any of the draws might as well have been the first one.
    /// </summary>
    /// <param name="clips">Per clip the observed value first, then the controls'; exchangeable if the observed area were as good as
    /// any.</param>
    /// <param name="permutations">How many labellings are drawn.</param>
    /// <param name="random">Draws them.</param>
    public static double Relabel(IReadOnlyList<double[]> clips, int permutations, KeyedRandom random)
    {
        if (clips.Count == 0)
            return double.NaN;
        double observed = 0, size = 0;
        foreach (double[] draws in clips)
        {
            observed += draws[0];
            size += Math.Abs(draws[0]);
        }

        double limit = observed - (Rounding * (size + 1));
        int asLarge = 1;
        for (int p = 0; p < permutations; p++)
        {
            double sum = 0;
            foreach (double[] draws in clips)
                sum += draws[random.NextIndex(draws.Length)];
            asLarge += sum >= limit ? 1 : 0;
        }

        return asLarge / (permutations + 1.0);
    }

    /// <summary>Two-sided p of a mean difference: how often one as far from 0 comes up when each clip's sign is a coin's.</summary>
    /// <param name="differences">One difference per clip.</param>
    /// <param name="permutations">How many sign patterns are drawn.</param>
    /// <param name="random">Draws them.</param>
    public static double SignFlip(ReadOnlySpan<double> differences, int permutations, KeyedRandom random)
    {
        if (differences.Length == 0)
            return double.NaN;
        double observed = 0, size = 0;
        foreach (double difference in differences)
        {
            observed += difference;
            size += Math.Abs(difference);
        }

        double limit = Math.Abs(observed) - (Rounding * (size + 1));
        int asLarge = 1;
        for (int p = 0; p < permutations; p++)
            asLarge += Math.Abs(FlippedSum(differences, random)) >= limit ? 1 : 0;
        return asLarge / (permutations + 1.0);
    }

    private static double FlippedSum(ReadOnlySpan<double> differences, KeyedRandom random)
    {
        double sum = 0;
        ulong signs = 0;
        for (int i = 0; i < differences.Length; i++)
        {
            if ((i & 63) == 0)
                signs = random.NextBits();
            sum += (signs & 1) == 0 ? differences[i] : -differences[i];
            signs >>= 1;
        }

        return sum;
    }
}
