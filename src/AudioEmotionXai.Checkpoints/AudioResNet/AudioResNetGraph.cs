namespace AudioEmotionXai.Checkpoints;

/// <summary>
/// Writes AudioResNet as an ONNX graph. Nodes and the tensors they write are called after their place in the network
/// (<c>layer2.0.conv1</c>, <c>layer2.0.relu1</c>); a layer's last activation is called after the layer (<c>layer2</c>).
/// </summary>
internal sealed class AudioResNetGraph
{
    private const int Opset = 17;
    private const string Input = "spectrogram";
    private readonly TorchCheckpoint _checkpoint;
    private readonly AudioResNetLayout _layout;
    private readonly ExportOptions _options;
    private readonly OnnxModel _model = OnnxModel.Create(Opset, "AudioResNet");

    public AudioResNetGraph(TorchCheckpoint checkpoint, AudioResNetLayout layout, ExportOptions options)
    {
        _checkpoint = checkpoint;
        _layout = layout;
        _options = options;
    }

    public OnnxModel Build()
    {
        _model.AddInput(new OnnxValueInfo(Input, OnnxElementType.Float, ["N", 1, _options.Bins, _options.Frames]));
        string tensor = Stem();
        for (int layer = 1; layer <= AudioResNetLayout.Layers; layer++)
            tensor = Layer(layer, tensor);
        Head(tensor);
        DeclareOutputs();
        _model.SetMetadata("architecture", "AudioResNet");
        _model.SetMetadata("batch_normalization", _options.KeepBatchNormalization ? "kept" : "folded");
        return _model;
    }

    private string Stem()
    {
        string convolution = Convolution("conv1", Input, "resnet.conv1", "resnet.bn1", kernel: 7, stride: 2);
        string activation = Node("Relu", "relu1", [convolution]);
        _model.Add(
            new OnnxNode("MaxPool", "maxpool", [activation], ["maxpool"])
                .Set("kernel_shape", [3, 3])
                .Set("strides", [2, 2])
                .Set("pads", [1, 1, 1, 1]));
        return "maxpool";
    }

    private string Layer(int layer, string input)
    {
        for (int block = 0; block < AudioResNetLayout.BlocksPerLayer; block++)
            input = Block(layer, block, input);
        return input;
    }

    private string Block(int layer, int block, string input)
    {
        string name = $"layer{layer}.{block}";
        bool projects = AudioResNetLayout.HasProjection(layer, block);
        string first = Convolution(
            $"{name}.conv1", input, $"resnet.{name}.conv1", $"resnet.{name}.bn1", kernel: 3, stride: projects ? 2 : 1);
        string inner = Node("Relu", $"{name}.relu1", [first]);
        string second = Convolution($"{name}.conv2", inner, $"resnet.{name}.conv2", $"resnet.{name}.bn2", kernel: 3, stride: 1);
        string shortcut = projects
            ? Convolution($"{name}.downsample", input, $"resnet.{name}.downsample.0", $"resnet.{name}.downsample.1", kernel: 1, stride: 2)
            : input;
        string sum = Node("Add", $"{name}.add", [second, shortcut]);
        bool isLast = block == AudioResNetLayout.BlocksPerLayer - 1;
        return Node("Relu", $"{name}.relu2", [sum], isLast ? $"layer{layer}" : null);
    }

    private void Head(string input)
    {
        string pooled = Node("GlobalAveragePool", "pool", [input]);
        string features = Node("Flatten", "flatten", [pooled]);
        Add("fc.weight", _checkpoint.Read("fc.weight"), _layout.Classes, _layout.Channels(AudioResNetLayout.Layers));
        Add("fc.bias", _checkpoint.Read("fc.bias"), _layout.Classes);
        _model.Add(new OnnxNode("Gemm", "fc", [features, "fc.weight", "fc.bias"], ["logits"]).Set("transB", 1));
    }

    /// <summary>A convolution and the normalisation after it: as one node, or as two where normalisation is kept.</summary>
    private string Convolution(string name, string input, string weightKey, string normalizationKey, int kernel, int stride)
    {
        BatchNormalization normalization = new(_checkpoint, normalizationKey);
        double[] weights = _checkpoint.Read($"{weightKey}.weight");
        long[] shape = Array.ConvertAll(_checkpoint.Find($"{weightKey}.weight")!.Shape.ToArray(), length => (long)length);
        List<string> inputs = [input, $"{name}.weight"];
        if (!_options.KeepBatchNormalization)
        {
            normalization.Scale(weights);
            Add($"{name}.bias", normalization.Bias, shape[0]);
            inputs.Add($"{name}.bias");
        }

        Add($"{name}.weight", weights, shape);
        long pad = kernel / 2;
        _model.Add(
            new OnnxNode("Conv", name, inputs, [name])
                .Set("kernel_shape", [kernel, kernel])
                .Set("strides", [stride, stride])
                .Set("pads", [pad, pad, pad, pad]));
        return _options.KeepBatchNormalization ? Normalization(name, normalization) : name;
    }

    private string Normalization(string convolution, BatchNormalization normalization)
    {
        string name = $"{convolution}.norm";
        List<string> inputs = [convolution];
        foreach ((string parameter, double[] values) in normalization.Parameters)
        {
            Add($"{name}.{parameter}", values, values.Length);
            inputs.Add($"{name}.{parameter}");
        }

        _model.Add(new OnnxNode("BatchNormalization", name, inputs, [name]).Set("epsilon", (float)BatchNormalization.Epsilon));
        return name;
    }

    private string Node(string opType, string name, string[] inputs, string? output = null)
    {
        output ??= name;
        _model.Add(new OnnxNode(opType, name, inputs, [output]));
        return output;
    }

    private void Add(string name, double[] values, params ReadOnlySpan<long> shape) =>
        _model.AddInitializer(OnnxTensor.FromFloats(name, Array.ConvertAll(values, value => (float)value), shape));

    private void DeclareOutputs()
    {
        _model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", _layout.Classes]));
        (int height, int width) = (Halve(Halve(_options.Bins)), Halve(Halve(_options.Frames)));
        for (int layer = 1; layer <= AudioResNetLayout.Layers; layer++)
        {
            _model.AddOutput(new OnnxValueInfo($"layer{layer}", OnnxElementType.Float, ["N", _layout.Channels(layer), height, width]));
            (height, width) = (Halve(height), Halve(width));
        }
    }

    /// <summary>What every step of stride 2 leaves of a length, its padding being half its kernel.</summary>
    private static int Halve(int length) => (length + 1) / 2;
}
