namespace AudioEmotionXai.TestKit;

/// <summary>
/// Convolutional classifiers of a few hundred weights, with the names of the trained model's layers, H != W and odd sizes: quick enough to
/// try every method on.
/// </summary>
internal static class TinyModels
{
    public const int Height = 13;
    public const int Width = 17;
    public const int Classes = 3;

    /// <summary>Conv, Relu (layer1), strided Conv, Relu (layer2), a residual pair (layer3), a last Conv and Relu (layer4), average, linear head.</summary>
    public static OnnxModel Image(int channels = 1, int seed = 1, bool isConstant = false)
    {
        Builder builder = new("tiny_image", seed);
        builder.Model.AddInput(new OnnxValueInfo("spectrogram", OnnxElementType.Float, ["N", channels, Height, Width]));
        string x = builder.Convolve("spectrogram", "conv1", channels, 4, [3, 3], stride: 1);
        x = builder.Relu(x, "layer1");
        x = builder.Relu(builder.Convolve(x, "conv2", 4, 6, [3, 3], stride: 2), "layer2");
        string branch = builder.Convolve(x, "conv3", 6, 6, [3, 3], stride: 1);
        x = builder.Relu(builder.Add(branch, x, "sum3"), "layer3");
        x = builder.Relu(builder.Convolve(x, "conv4", 6, 8, [3, 3], stride: 2), "layer4");
        return builder.Classify(x, 8, isConstant);
    }

    /// <summary>The same idea over (N, channels, time).</summary>
    public static OnnxModel Sequence(int channels = 5, int seed = 2)
    {
        Builder builder = new("tiny_sequence", seed);
        builder.Model.AddInput(new OnnxValueInfo("features", OnnxElementType.Float, ["N", channels, Width]));
        string x = builder.Relu(builder.Convolve("features", "conv1", channels, 6, [3], stride: 1), "layer1");
        x = builder.Relu(builder.Convolve(x, "conv4", 6, 8, [3], stride: 2), "layer4");
        return builder.Classify(x, 8, isConstant: false);
    }

    /// <summary>A model that runs on the processor, in one thread.</summary>
    public static AudioClassifier Load(OnnxModel model) =>
        AudioClassifier.FromOnnx(model, new AudioClassifierOptions { Provider = ExecutionProvider.Cpu, Threads = 1 });

    /// <summary>A batch of standard normal values.</summary>
    public static FloatTensor Input(int seed, params ReadOnlySpan<int> shape)
    {
        FloatTensor input = new(shape);
        Random random = new(seed);
        foreach (ref float value in input.Span)
            value = (float)Normal(random);
        return input;
    }

    /// <summary>A batch for <see cref="Image"/>.</summary>
    public static FloatTensor ImageInput(int items, int channels = 1, int seed = 7) => Input(seed, items, channels, Height, Width);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private sealed class Builder(string name, int seed)
    {
        private readonly Random _random = new(seed);

        public OnnxModel Model { get; } = OnnxModel.Create(17, name);

        public string Convolve(string input, string name, int from, int to, long[] kernel, int stride)
        {
            Weight($"{name}.weight", Math.Sqrt(2.0 / (from * kernel.Aggregate(1L, (product, side) => product * side))), [to, from, .. kernel]);
            Weight($"{name}.bias", 0.1, to);
            OnnxNode node = new("Conv", name, [input, $"{name}.weight", $"{name}.bias"], [$"{name}.out"]);
            node.Set("kernel_shape", kernel).Set("strides", [.. kernel.Select(_ => (long)stride)]);
            node.Set("pads", [.. kernel.Select(side => side / 2), .. kernel.Select(side => side / 2)]);
            Model.Add(node);
            return $"{name}.out";
        }

        public string Relu(string input, string output)
        {
            Model.Add(new OnnxNode("Relu", $"relu_{output}", [input], [output]));
            return output;
        }

        public string Add(string first, string second, string output)
        {
            Model.Add(new OnnxNode("Add", $"add_{output}", [first, second], [output]));
            return output;
        }

        public OnnxModel Classify(string features, int from, bool isConstant)
        {
            Model.Add(new OnnxNode("GlobalAveragePool", "pool", [features], ["pooled"]));
            Model.Add(new OnnxNode("Flatten", "flatten", ["pooled"], ["flat"]));
            Weight("fc.weight", isConstant ? 0 : 1, Classes, from);
            Weight("fc.bias", 0.5, Classes);
            Model.Add(new OnnxNode("Gemm", "fc", ["flat", "fc.weight", "fc.bias"], ["logits"]).Set("transB", 1L));
            Model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", Classes]));
            Model.SetMetadata("labels", """["low","middle","high"]""");
            return Model;
        }

        private void Weight(string name, double scale, params long[] shape)
        {
            float[] values = new float[shape.Aggregate(1L, (product, length) => product * length)];
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)(scale * Normal(_random));
            Model.AddInitializer(OnnxTensor.FromFloats(name, values, shape));
        }
    }
}
