namespace AudioEmotionXai.TestKit;

/// <summary>Inputs that come with the repository, and some that are made up.</summary>
internal static class SampleFiles
{
    /// <summary>The bundled test spectrograms: (24, 1, 128, 141), 4 per emotion.</summary>
    public static string Spectrograms { get; } = Path.Combine(Path.GetDirectoryName(BundledModel.Path)!, "samples", "spectrograms.npy");

    /// <summary>Their labels, as indices.</summary>
    public static string Labels { get; } = Path.Combine(Path.GetDirectoryName(BundledModel.Path)!, "samples", "labels.npy");

    /// <summary>Writes a second of a rising tone.</summary>
    public static string WriteTone(string path, int sampleRate = 24000)
    {
        float[] samples = new float[sampleRate];
        for (int i = 0; i < samples.Length; i++)
        {
            double seconds = (double)i / sampleRate;
            samples[i] = (float)(0.5 * Math.Sin(2 * Math.PI * (300 + (900 * seconds)) * seconds));
        }

        WavWriter.Write(path, new AudioClip(samples, sampleRate));
        return path;
    }
}
