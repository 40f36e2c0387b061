namespace AudioEmotionXai.Reporting;

/// <summary>Quantiles and straight lines of values that count more or less.</summary>
internal static class WeightedStatistics
{
    /// <summary>The value below which a share of the weight lies: between two values, by where the middles of their weights lie.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="weights">As many, none negative, not all zero.</param>
    /// <param name="share">0 to 1; 0.5 is the median.</param>
    public static double Quantile(double[] values, double[] weights, double share)
    {
        (double[] sorted, double[] heft) = ([.. values], [.. weights]);
        Array.Sort(sorted, heft);
        double wanted = share * heft.Sum(), sum = 0, lastPlace = double.NegativeInfinity, last = sorted[0];
        for (int i = 0; i < sorted.Length; i++)
        {
            if (heft[i] == 0)
                continue;
            double place = sum + (heft[i] / 2);
            if (place >= wanted)
                return double.IsInfinity(lastPlace) ? sorted[i] : last + ((sorted[i] - last) * (wanted - lastPlace) / (place - lastPlace));
            (sum, lastPlace, last) = (sum + heft[i], place, sorted[i]);
        }

        return last;
    }

    /// <summary>The slope of the line that fits points best, by weighted least squares; null where they all lie above one place.</summary>
    public static double? Slope(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights)
    {
        double sum = 0, meanX = 0, meanY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += weights[i];
            meanX += weights[i] * x[i];
            meanY += weights[i] * y[i];
        }

        if (!(sum > 0))
            return null;
        (meanX, meanY) = (meanX / sum, meanY / sum);
        double spread = 0, common = 0;
        for (int i = 0; i < x.Length; i++)
        {
            spread += weights[i] * (x[i] - meanX) * (x[i] - meanX);
            common += weights[i] * (x[i] - meanX) * (y[i] - meanY);
        }

        return spread > 1e-12 * sum ? common / spread : null;
    }
}
