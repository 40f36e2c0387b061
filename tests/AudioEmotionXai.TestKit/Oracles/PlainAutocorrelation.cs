namespace AudioEmotionXai.TestKit;

/// <summary>Boersma's normalised autocorrelation of a frame, sum by sum.</summary>
internal static class PlainAutocorrelation
{
    public static double[] Of(float[] samples, int centre, int size, int period, int lags)
    {
        double mean = samples[(centre - period)..(centre + period)].Average(sample => (double)sample);
        double[] window = [.. Enumerable.Range(0, size).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / size)))];
        double[] frame = [.. window.Select((weight, i) => weight * (samples[centre - (size / 2) + i] - mean))];
        return [.. Enumerable.Range(0, lags).Select(lag => Sum(frame, lag) / Sum(frame, 0) / (Sum(window, lag) / Sum(window, 0)))];
    }

    private static double Sum(double[] values, int lag) => Enumerable.Range(0, values.Length - lag).Sum(i => values[i] * values[i + lag]);
}
