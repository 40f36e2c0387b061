namespace AudioEmotionXai.Consumers.Tests;

/// <summary>A made-up recording: a voice-like tone with a few harmonics that glides upwards.</summary>
internal static class Tone
{
    public static byte[] Wav(double seconds = 1.5, int sampleRate = 24000)
    {
        float[] samples = new float[(int)(seconds * sampleRate)];
        for (int i = 0; i < samples.Length; i++)
        {
            double time = (double)i / sampleRate, phase = 2 * Math.PI * time * (180 + (40 * time));
            samples[i] = (float)((0.4 * Math.Sin(phase)) + (0.2 * Math.Sin(2 * phase)) + (0.1 * Math.Sin(3 * phase)));
        }

        using MemoryStream file = new();
        WavWriter.Write(file, new AudioClip(samples, sampleRate));
        return file.ToArray();
    }
}
