namespace AudioEmotionXai.TestKit;

/// <summary>The tiny image model with a front end that hears a quarter of a second.</summary>
internal static class RecordingModel
{
    public static LogMelOptions FrontEnd { get; } = new() { SampleRate = 4000, Seconds = 0.256, FftSize = 128, HopLength = 64, MelBins = TinyModels.Height, MaximumFrequency = 2000 };

    public static AudioClassifier Load()
    {
        OnnxModel onnx = TinyModels.Image();
        new FrontEndContract(FrontEnd, -40, 15, ["low", "middle", "high"]).WriteTo(onnx);
        return TinyModels.Load(onnx);
    }

    /// <summary>The same with its front end in the graph: it takes samples.</summary>
    public static AudioClassifier LoadForSamples()
    {
        using AudioClassifier spectrograms = Load();
        return spectrograms.WithWaveformInput();
    }
}
