using MathNet.Numerics.Distributions;

namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The floor of a sanity check: how alike maps of networks are that share nothing but the clip and the method. Networks and clips both
/// vary, so both widen the interval.
/// </summary>
/// <remarks>
/// The interval is a prediction: where the mean similarity of one further random network to these ones lies. If the trained network were
/// one more random network, it would be there; so a trained network above its upper end shares more with them than random networks do.
/// The similarity of i and j is taken as m + u(i) + u(j) + noise. The jackknife over N networks estimates the variance of the mean, 4
/// var(u) / N; a further network's mean differs from it by u(new) - mean u, of variance var(u) (1 + 1/N) = jackknife (N + 1) / 4. The
/// clips add their variance of the mean; degrees of freedom after Satterthwaite, 1946, doi:10.2307/3002019.
/// </remarks>
internal static class RandomPairs
{
    /// <summary>The mean over pairs, and the interval of a further network; NaN where too little is defined.</summary>
    /// <param name="similarity">Of two different networks, by clip; NaN where it is not defined.</param>
    /// <param name="networks">How many there are.</param>
    /// <param name="clips">How many clips.</param>
    /// <param name="level">Such as 0.95.</param>
    public static ConfidenceInterval Floor(Func<int, int, double[]> similarity, int networks, int clips, double level)
    {
        List<(int First, int Second, double[] Values, double Mean)> pairs = [];
        for (int first = 0; first < networks; first++)
            for (int second = first + 1; second < networks; second++)
                if (similarity(first, second) is var values && MapSimilarity.Mean(values) is var mean && !double.IsNaN(mean))
                    pairs.Add((first, second, values, mean));
        double[] left =
        [
            .. Enumerable.Range(0, networks)
                .Select(without => MeanOf(pairs.Where(pair => !Has(pair, without)))).Where(double.IsFinite),
        ];
        double[] byClip = [.. Enumerable.Range(0, clips).Select(clip => MeanAt(pairs, clip)).Where(double.IsFinite)];
        double middle = MeanOf(pairs);
        if (left.Length < 3 || byClip.Length < 2)
            return new ConfidenceInterval(middle, double.NaN, double.NaN, byClip.Length);
        double ofNetworks = (left.Length - 1.0) / left.Length * SquaresAround(left) * (left.Length + 1) / 4;
        double ofClips = SquaresAround(byClip) / (byClip.Length - 1) / byClip.Length;
        double reach = Reach(ofNetworks, left.Length - 1, ofClips, byClip.Length - 1, level);
        return new ConfidenceInterval(middle, Math.Max(-1, middle - reach), Math.Min(1, middle + reach), byClip.Length);
    }

    private static double Reach(double first, int firstFreedom, double second, int secondFreedom, double level)
    {
        double variance = first + second;
        if (variance == 0)
            return 0;
        double freedom = variance * variance / ((first * first / firstFreedom) + (second * second / secondFreedom));
        return StudentT.InvCDF(0, 1, freedom, (1 + level) / 2) * Math.Sqrt(variance);
    }

    private static bool Has((int First, int Second, double[] Values, double Mean) pair, int network) =>
        pair.First == network || pair.Second == network;

    private static double MeanOf(IEnumerable<(int First, int Second, double[] Values, double Mean)> pairs) =>
        Sums.Mean([.. pairs.Select(pair => pair.Mean)]);

    private static double MeanAt(List<(int First, int Second, double[] Values, double Mean)> pairs, int clip) =>
        Sums.Mean([.. pairs.Select(pair => pair.Values[clip]).Where(double.IsFinite)]);

    private static double SquaresAround(double[] values)
    {
        double mean = Sums.Mean(values), squares = 0;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);
        return squares;
    }
}
