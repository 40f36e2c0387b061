namespace AudioEmotionXai.TestKit;

/// <summary>The tiny image model with a front end that hears a quarter of a second.</summary>
internal static class RecordingModel
{
    public static LogMelOptions FrontEnd { get; } = new() { SampleRate = 4000, Seconds = 0.256, FftSize = 128, HopLength = 64, MelBins = TinyModels.Height, MaximumFrequency = 2000 };

    public static AudioClassifier Load(double mean = -40, double deviation = 15)
    {
        OnnxModel onnx = TinyModels.Image();
        new FrontEndContract(FrontEnd, mean, deviation, ["low", "middle", "high"]).WriteTo(onnx);
        return TinyModels.Load(onnx);
    }

    /// <summary>The same with its front end in the graph: it takes samples.</summary>
    public static AudioClassifier LoadForSamples(double mean = -40, double deviation = 15)
    {
        using AudioClassifier spectrograms = Load(mean, deviation);
        return spectrograms.WithWaveformInput();
    }
}
