namespace AudioEmotionXai.TestKit;

/// <summary>Relevance of mel cells taken back to samples from the definition: a cell shares out by energy to lines, a line by what each sample adds to it.</summary>
internal static class PlainWaveformRelevance
{
    public static double[] Of(float[] samples, double[,] cells, LogMelOptions o)
    {
        double[] relevance = new double[samples.Length];
        double[,] filters = PlainLogMel.Filters(o);
        for (int frame = 0; frame < o.FrameCount; frame++)
            AddFrame(samples, frame, cells, filters, o, relevance);
        return relevance;
    }

    private static void AddFrame(float[] samples, int frame, double[,] cells, double[,] filters, LogMelOptions o, double[] relevance)
    {
        int start = (frame * o.HopLength) - (o.Center ? o.FftSize / 2 : 0);
        double[] x = [.. Enumerable.Range(0, o.FftSize).Select(n => Place(start + n, samples.Length, o) is int at ? samples[at] * 0.5 * (1 - Math.Cos(2 * Math.PI * n / o.FftSize)) : 0)];
        double[] shares = Shares(PlainLogMel.Power(x), frame, cells, filters);
        for (int k = 0; k < shares.Length; k++)
        {
            double real = x.Select((value, n) => value * Math.Cos(2 * Math.PI * k * n / o.FftSize)).Sum();
            double imaginary = x.Select((value, n) => value * Math.Sin(2 * Math.PI * k * n / o.FftSize)).Sum();
            for (int n = 0; n < x.Length; n++)
                if (Place(start + n, samples.Length, o) is int at)
                    relevance[at] += shares[k] * x[n] * ((real * Math.Cos(2 * Math.PI * k * n / o.FftSize)) + (imaginary * Math.Sin(2 * Math.PI * k * n / o.FftSize)));
        }
    }

    /// <summary>Relevance per power of every line.</summary>
    private static double[] Shares(double[] power, int frame, double[,] cells, double[,] filters)
    {
        double[] shares = new double[power.Length];
        for (int bin = 0; bin < cells.GetLength(0); bin++)
        {
            double mel = power.Select((value, k) => value * filters[bin, k]).Sum();
            for (int k = 0; k < power.Length; k++)
                shares[k] += mel > 0 ? filters[bin, k] * cells[bin, frame] / mel : 0;
        }

        return shares;
    }

    private static int? Place(int index, int length, LogMelOptions o)
    {
        if (index >= 0 && index < length)
            return index;
        return o.Padding == SignalPadding.Zeros ? null : index < 0 ? -index : (2 * length) - 2 - index;
    }
}
