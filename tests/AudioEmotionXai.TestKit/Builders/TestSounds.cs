using System.Numerics;

namespace AudioEmotionXai.TestKit;

/// <summary>Made-up sounds, and what is measured of them.</summary>
internal static class TestSounds
{
    /// <summary>Uniform noise between -0.5 and 0.5.</summary>
    public static float[] Noise(int count, int seed = 5)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() - 0.5f)];
    }

    /// <summary>Tones of amplitude 0.3 each.</summary>
    public static float[] Tones(int count, int rate, params double[] hertz) =>
        [.. Enumerable.Range(0, count).Select(i => (float)hertz.Sum(each => 0.3 * Math.Sin(2 * Math.PI * each * i / rate)))];

    /// <summary>Signal to noise in dB.</summary>
    public static double SignalToNoise(ReadOnlySpan<float> signal, ReadOnlySpan<float> found)
    {
        Assert.That(found.Length, Is.EqualTo(signal.Length));
        double power = 0, error = 0;
        for (int i = 0; i < signal.Length; i++)
        {
            power += (double)signal[i] * signal[i];
            error += ((double)signal[i] - found[i]) * ((double)signal[i] - found[i]);
        }

        return error == 0 ? double.PositiveInfinity : 10 * Math.Log10(power / error);
    }

    /// <summary>The amplitude of one frequency, over a whole number of its periods.</summary>
    public static double LevelAt(ReadOnlySpan<float> samples, int rate, double hertz)
    {
        Complex sum = 0;
        for (int i = 0; i < samples.Length; i++)
            sum += samples[i] * Complex.FromPolarCoordinates(1, -2 * Math.PI * hertz * i / rate);
        return 2 * sum.Magnitude / samples.Length;
    }
}
