namespace AudioEmotionXai.Tests;

/// <summary>Made-up sounds that are hard on a front end in float32, or in which something is planted.</summary>
internal static class WaveformSounds
{
    /// <summary>Sounds by name, so many samples at a rate: loud and quiet, tonal and not, and the ends of the scale.</summary>
    public static IEnumerable<(string Name, float[] Samples)> Various(int count, int rate)
    {
        float[] noise = Noise(count, 1, 1);
        yield return ("noise", noise);
        yield return ("a loud low tone over noise", [.. noise.Select((x, i) => (float)((0.9 * Tone(0.11 * rate, i, rate)) + (1e-2 * x)))]);
        yield return ("two tones 50 dB apart over noise", [.. noise.Select((x, i) => (float)((0.9 * Tone(0.131 * rate, i, rate)) + (2.8e-3 * Tone(0.39 * rate, i, rate)) + (7e-3 * x)))]);
        yield return ("clicks", [.. noise.Select((_, i) => i % 997 == 5 ? 1f : 0f)]);
        yield return ("a voice in 16 bits", [.. Voice(count, rate).Select(x => MathF.Round(x * 32768) / 32768)]);
        yield return ("whispered noise", [.. noise.Select(x => 1e-4f * x)]);
        yield return ("sound, then silence", [.. noise.Select((x, i) => i < count / 2 ? 0.3f * x : 0f)]);
        yield return ("a constant", [.. noise.Select(_ => 0.25f)]);
        yield return ("silence", new float[count]);
    }

    /// <summary>Pure tones without any noise: the skirts of their own lobes, 80 dB below them in the same frame, are the hardest cells there are in float32.</summary>
    public static IEnumerable<(string Name, float[] Samples)> Pure(int count, int rate)
    {
        yield return ("a tone over faint noise", [.. Noise(count, 1, 1e-3).Select((x, i) => (float)((0.9 * Tone(0.11 * rate, i, rate)) + x))]);
        yield return ("a tone", [.. Enumerable.Range(0, count).Select(i => (float)(0.9 * Tone(0.0313 * rate, i, rate)))]);
        yield return ("two tones 75 dB apart", [.. Enumerable.Range(0, count).Select(i => (float)((0.9 * Tone(0.031 * rate, i, rate)) + (1.6e-4 * Tone(0.39 * rate, i, rate))))]);
        yield return ("a rising tone", [.. Enumerable.Range(0, count).Select(i => (float)(0.6 * Math.Sin(2 * Math.PI * (0.02 + (0.2 * i / count)) * i)))]);
    }

    /// <summary>Harmonics of a gliding pitch under an envelope of syllables, over a little noise.</summary>
    public static float[] Voice(int count, int rate, int seed = 3)
    {
        float[] noise = Noise(count, seed, 0.004);
        double phase = 0;
        for (int i = 0; i < count; i++)
        {
            double seconds = (double)i / rate;
            phase += 2 * Math.PI * (180 + (40 * Math.Sin(2 * Math.PI * 1.3 * seconds))) / rate;
            double syllable = Math.Pow(Math.Sin(Math.PI * 3.1 * seconds), 2);
            for (int harmonic = 1; harmonic <= 12 && harmonic * 220 < rate / 2; harmonic++)
                noise[i] += (float)(0.25 * syllable / harmonic * Math.Sin(harmonic * phase));
        }

        return noise;
    }

    /// <summary>Noise 50 dB below a burst of a tone that begins and ends at given times.</summary>
    public static float[] Burst(int count, int rate, double hertz, double from, double to)
    {
        float[] sound = Noise(count, 9, 0.5 * Math.Pow(10, -50 / 20.0));
        for (int i = (int)(from * rate); i < (int)(to * rate); i++)
            sound[i] += (float)(0.5 * Tone(hertz, i, rate));
        return sound;
    }

    /// <summary>Normal noise of a standard deviation.</summary>
    public static float[] Noise(int count, int seed, double deviation)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    private static double Tone(double hertz, int i, int rate) => Math.Sin(2 * Math.PI * hertz * i / rate);
}
