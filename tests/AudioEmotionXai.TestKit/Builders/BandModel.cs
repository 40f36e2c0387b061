namespace AudioEmotionXai.TestKit;

/// <summary>
/// A model whose right explanation is known: it hears "call" where the cells of one patch of its spectrogram are loud, "rest" else, and
/// nothing outside of the patch matters.
/// </summary>
internal static class BandModel
{
    public const int FirstBin = 5, Bins = 4, FirstFrame = 20, Frames = 12;

    public static LogMelOptions FrontEnd { get; } = new() { SampleRate = 8000, Seconds = 1, FftSize = 256, HopLength = 128, MelBins = 19, MaximumFrequency = 4000 };

    /// <summary>Two logits: 12 times the patch's mean z-score, and 0.</summary>
    public static OnnxModel Graph()
    {
        OnnxModel model = Body("band", "logits");
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 2]));
        new FrontEndContract(FrontEnd, -20, 10, ["call", "rest"]).WriteTo(model);
        return model;
    }

    /// <summary>The same without an output and a contract, to go on from.</summary>
    public static OnnxModel Body(string name, string logits)
    {
        int cells = FrontEnd.MelBins * FrontEnd.FrameCount;
        OnnxModel model = OnnxModel.Create(17, name);
        model.AddInput(new OnnxValueInfo("spectrogram", OnnxElementType.Float, ["N", 1, FrontEnd.MelBins, FrontEnd.FrameCount]));
        model.Add(new OnnxNode("Flatten", "flatten", ["spectrogram"], ["flat"]));
        model.Add(new OnnxNode("Gemm", "fc", ["flat", "fc.weight"], [logits]).Set("transB", 1L));
        float[] weights = new float[2 * cells];
        Patch().Span.CopyTo(weights);
        for (int cell = 0; cell < cells; cell++)
            weights[cell] *= 12f / (Bins * Frames);
        model.AddInitializer(OnnxTensor.FromFloats("fc.weight", weights, 2, cells));
        return model;
    }

    public static AudioClassifier Load() => TinyModels.Load(Graph());

    /// <summary>The right map: ones in the patch, or the same moved.</summary>
    public static TimeFrequencyMap Patch(int up = 0, int right = 0)
    {
        TimeFrequencyMap map = new(FrontEnd.MelBins, FrontEnd.FrameCount);
        for (int bin = FirstBin; bin < FirstBin + Bins; bin++)
            map.Row(bin + up).Slice(FirstFrame + right, Frames).Fill(1);
        return map;
    }

    /// <summary>Noise that is heard as a call.</summary>
    public static AudioClip Clip(double seconds = 0.9) => new(TestSounds.Noise((int)(8000 * seconds)), 8000);
}
