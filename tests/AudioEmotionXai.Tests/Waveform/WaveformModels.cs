namespace AudioEmotionXai.Tests;

/// <summary>Front ends and classifiers of spectrograms that waveform tests join.</summary>
internal static class WaveformModels
{
    /// <summary>A front end whose maps <see cref="TinyModels.Image"/> takes: 13 bins, 17 frames of 128 samples.</summary>
    public static LogMelOptions Small { get; } = new()
    {
        SampleRate = 4000,
        Seconds = 0.13,
        FftSize = 128,
        HopLength = 32,
        MelBins = TinyModels.Height,
        MaximumFrequency = 2000,
    };

    public static FrontEndContract ContractOf(LogMelOptions options) => new(options, -41.5, 17.25, ["low", "middle", "high"]);

    /// <summary>A smooth classifier of any front end's maps: dense, tanh, dense.</summary>
    public static OnnxModel Smooth(FrontEndContract contract, int opset = 17) =>
        Smooth(contract.Labels.Count, opset, 1, contract.Options.MelBins, contract.Options.FrameCount);

    /// <summary>A smooth classifier of inputs of any shape: dense, tanh, dense.</summary>
    public static OnnxModel Smooth(int classes, int opset, params int[] shape)
    {
        int cells = shape.Aggregate(1, (product, length) => product * length);
        OnnxModel model = OnnxModel.Create(opset, "smooth");
        model.AddInput(new OnnxValueInfo("spectrogram", OnnxElementType.Float, ["N", .. shape.Select(length => (OnnxDimension)length)]));
        model.Add(new OnnxNode("Flatten", "flatten", ["spectrogram"], ["flat"]));
        AddDense(model, "hidden", "flat", cells, 5, Math.Sqrt(1.0 / cells));
        model.Add(new OnnxNode("Tanh", "tanh", ["hidden"], ["bent"]));
        AddDense(model, "logits", "bent", 5, classes, 1);
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", classes]));
        return model;
    }

    /// <summary>Hears narrow peaks: in every frame, a mel bin that stands out of those around it. Class 1 speaks for them, class 0 against.</summary>
    public static OnnxModel PeakDetector(FrontEndContract contract)
    {
        const int around = 8;
        const float threshold = 1.2f;
        OnnxModel model = OnnxModel.Create(17, "peaks");
        model.AddInput(new OnnxValueInfo("spectrogram", OnnxElementType.Float, ["N", 1, contract.Options.MelBins, contract.Options.FrameCount]));
        float[] kernel = [.. Enumerable.Range(-around, (2 * around) + 1).Select(offset => Math.Abs(offset) <= 2 ? offset == 0 ? 1f : 0f : -1f / 12)];
        model.AddInitializer(OnnxTensor.FromFloats("peak.weight", kernel, 1, 1, kernel.Length, 1));
        model.AddInitializer(OnnxTensor.FromFloats("peak.bias", [-threshold], 1));
        model.Add(new OnnxNode("Conv", "peak", ["spectrogram", "peak.weight", "peak.bias"], ["contrast"]).Set("kernel_shape", [kernel.Length, 1L]));
        model.Add(new OnnxNode("Relu", "heard", ["contrast"], ["peaks"]));
        model.Add(new OnnxNode("GlobalAveragePool", "pool", ["peaks"], ["mean"]));
        model.Add(new OnnxNode("Flatten", "flatten", ["mean"], ["flat"]));
        model.AddInitializer(OnnxTensor.FromFloats("fc.weight", [-1000f, 1000f], 2, 1));
        model.AddInitializer(OnnxTensor.FromFloats("fc.bias", [0.1f, -0.1f], 2));
        model.Add(new OnnxNode("Gemm", "fc", ["flat", "fc.weight", "fc.bias"], ["logits"]).Set("transB", 1L));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 2]));
        return model;
    }

    private static void AddDense(OnnxModel model, string name, string input, int from, int to, double scale)
    {
        Random random = new(from + to);
        float[] weights = new float[from * to];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = (float)(scale * ((2 * random.NextDouble()) - 1));
        model.AddInitializer(OnnxTensor.FromFloats($"{name}.weight", weights, to, from));
        model.Add(new OnnxNode("Gemm", name, [input, $"{name}.weight"], [name]).Set("transB", 1L));
    }
}
