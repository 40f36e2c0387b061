namespace AudioEmotionXai.Reporting.Tests;

/// <summary>
/// A voice whose pitch is known: Rosenberg's glottal pulses, each as long as the wanted period times a random factor (jitter) and as high
/// as a random factor (shimmer) says, through resonators at the formants. Made at six times 8 kHz, so that pulses between samples do not alias.
/// </summary>
internal sealed record GeneratedVoice(int Rate)
{
    private const int InnerRate = 48000;

    public double[] Formants { get; init; } = [700, 1220, 2600];

    /// <summary>The standard deviation of the periods, as a share of them.</summary>
    public double Jitter { get; init; }

    /// <summary>The standard deviation of the pulses' heights, as a share of them.</summary>
    public double Shimmer { get; init; }

    public double Peak { get; init; } = 0.5;

    /// <summary>Speaks for some seconds.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="hertz">The pitch at a time.</param>
    public float[] Speak(double seconds, Func<double, double> hertz)
    {
        double[] signal = new double[(int)Math.Round(seconds * InnerRate)];
        Random random = new(7);
        double start = 0;
        while (start < seconds)
        {
            double period = (1 + (Jitter * Normal(random))) / hertz(start), height = 1 + (Shimmer * Normal(random));
            for (int i = (int)Math.Ceiling(start * InnerRate); i < Math.Min(signal.Length, (start + period) * InnerRate); i++)
                signal[i] = height * Pulse(((double)i / InnerRate - start) / period);
            start += period;
        }

        foreach (double formant in Formants)
            Resonate(signal, formant, 60 + (0.05 * formant));
        double mean = signal.Average(), peak = signal.Max(x => Math.Abs(x - mean));
        float[] samples = [.. signal.Select(x => (float)(Peak * (x - mean) / peak))];
        return Resampler.Resample(new AudioClip(samples, InnerRate), Rate).Samples.ToArray();
    }

    /// <summary>The flow's derivative: opens for 40 % of the period, closes for 16 %.</summary>
    private static double Pulse(double phase) => phase switch
    {
        < 0.4 => 0.5 * Math.PI / 0.4 * Math.Sin(Math.PI * phase / 0.4),
        < 0.56 => -Math.PI / 0.32 * Math.Sin(Math.PI * (phase - 0.4) / 0.32),
        _ => 0,
    };

    private static void Resonate(double[] signal, double hertz, double bandwidth)
    {
        double radius = Math.Exp(-Math.PI * bandwidth / InnerRate);
        double a1 = 2 * radius * Math.Cos(2 * Math.PI * hertz / InnerRate), a2 = -radius * radius;
        for (int i = 0; i < signal.Length; i++)
            signal[i] = ((1 - a1 - a2) * signal[i]) + (i > 0 ? a1 * signal[i - 1] : 0) + (i > 1 ? a2 * signal[i - 2] : 0);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
