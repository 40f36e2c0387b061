namespace AudioEmotionXai.TestKit;

/// <summary>The front end written down from its definition: a sum over samples for every frequency, the whole filter matrix, no shortcuts.</summary>
internal static class PlainLogMel
{
    public static double[,] Extract(float[] samples, LogMelOptions o)
    {
        double[] signal = new double[o.SampleCount];
        for (int i = 0; i < Math.Min(samples.Length, signal.Length); i++)
            signal[i] = samples[i];
        double[,] mel = new double[o.MelBins, o.FrameCount];
        double[,] filters = Filters(o);
        for (int frame = 0; frame < o.FrameCount; frame++)
        {
            double[] power = Power(signal, (frame * o.HopLength) - (o.Center ? o.FftSize / 2 : 0), o);
            for (int bin = 0; bin < o.MelBins; bin++)
                for (int k = 0; k < power.Length; k++)
                    mel[bin, frame] += filters[bin, k] * Math.Pow(power[k], o.Power / 2);
        }

        return Decibels(mel, o);
    }

    public static double[] Power(ReadOnlySpan<double> frame)
    {
        double[] power = new double[(frame.Length / 2) + 1];
        for (int k = 0; k < power.Length; k++)
        {
            double real = 0, imaginary = 0;
            for (int n = 0; n < frame.Length; n++)
            {
                real += frame[n] * Math.Cos(2 * Math.PI * ((long)k * n % frame.Length) / frame.Length);
                imaginary -= frame[n] * Math.Sin(2 * Math.PI * ((long)k * n % frame.Length) / frame.Length);
            }

            power[k] = (real * real) + (imaginary * imaginary);
        }

        return power;
    }

    private static double[] Power(double[] signal, int start, LogMelOptions o)
    {
        double[] frame = new double[o.FftSize];
        double period = o.Window == SpectrumWindow.HannPeriodic ? o.FftSize : o.FftSize - 1;
        for (int n = 0; n < frame.Length; n++)
            frame[n] = Sample(signal, start + n, o.Padding) * 0.5 * (1 - Math.Cos(2 * Math.PI * n / period));
        return Power(frame);
    }

    private static double Sample(double[] signal, int index, SignalPadding padding)
    {
        if (index >= 0 && index < signal.Length)
            return signal[index];
        if (padding == SignalPadding.Zeros)
            return 0;
        return signal[index < 0 ? -index : (2 * signal.Length) - 2 - index];
    }

    public static double[,] Filters(LogMelOptions o)
    {
        double low = Mel(o.MinimumFrequency, o.MelScale), high = Mel(o.MaximumFrequency, o.MelScale);
        double[] edges = [.. Enumerable.Range(0, o.MelBins + 2).Select(i => Hertz(low + ((high - low) * i / (o.MelBins + 1)), o.MelScale))];
        double[,] filters = new double[o.MelBins, (o.FftSize / 2) + 1];
        for (int bin = 0; bin < o.MelBins; bin++)
            for (int k = 0; k <= o.FftSize / 2; k++)
            {
                double f = (double)k * o.SampleRate / o.FftSize;
                double rising = (f - edges[bin]) / (edges[bin + 1] - edges[bin]);
                double falling = (edges[bin + 2] - f) / (edges[bin + 2] - edges[bin + 1]);
                double norm = o.MelNorm == MelNorm.Slaney ? 2 / (edges[bin + 2] - edges[bin]) : 1;
                filters[bin, k] = norm * Math.Max(0, Math.Min(rising, falling));
            }

        return filters;
    }

    private static double Mel(double f, MelScale scale) => scale == MelScale.Htk
        ? 2595 * Math.Log10(1 + (f / 700))
        : f < 1000 ? f * 3 / 200 : 15 + (27 * Math.Log(f / 1000) / Math.Log(6.4));

    private static double Hertz(double m, MelScale scale) => scale == MelScale.Htk
        ? 700 * (Math.Pow(10, m / 2595) - 1)
        : m < 15 ? m * 200 / 3 : 1000 * Math.Pow(6.4, (m - 15) / 27);

    private static double[,] Decibels(double[,] mel, LogMelOptions o)
    {
        double loudest = mel.Cast<double>().Max();
        double reference = o.Reference == DecibelReference.ClipMaximum ? Math.Max(o.MinimumPower, loudest) : 1;
        double[,] db = new double[mel.GetLength(0), mel.GetLength(1)];
        for (int b = 0; b < db.GetLength(0); b++)
            for (int f = 0; f < db.GetLength(1); f++)
                db[b, f] = 10 * Math.Log10(Math.Max(o.MinimumPower, mel[b, f]) / reference);
        if (o.TopDecibels is not double range)
            return db;
        double floor = db.Cast<double>().Max() - range;
        for (int b = 0; b < db.GetLength(0); b++)
            for (int f = 0; f < db.GetLength(1); f++)
                db[b, f] = Math.Max(db[b, f], floor);
        return db;
    }
}
