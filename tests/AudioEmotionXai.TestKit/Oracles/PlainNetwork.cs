namespace AudioEmotionXai.TestKit;

/// <summary>
/// A small network that exists twice: as an ONNX model, and as plain nodes over dense matrices in double precision whose relevance is
/// propagated cell by cell.
/// </summary>
internal sealed class PlainNetwork
{
    private readonly List<PlainNode> _nodes = [];
    private readonly Random _random;
    private readonly bool _withBias;

    public PlainNetwork(int seed, bool withBias, params int[] shape)
    {
        _random = new Random(seed);
        _withBias = withBias;
        Model = OnnxModel.Create(17, "plain_network");
        Model.AddInput(new OnnxValueInfo("input", OnnxElementType.Float, ["N", .. shape.Select(length => (OnnxDimension)length)]));
        _nodes.Add(new PlainNode("input", shape, [], null, null));
    }

    public OnnxModel Model { get; }

    private int[] Shape(string name) => Node(name).Shape;

    public string Convolve(string input, string name, int channels, int kernel, int stride = 1, int padBegin = 0, int padEnd = 0, int groups = 1, int dilation = 1)
    {
        int[] from = Shape(input);
        int extent = (dilation * (kernel - 1)) + 1;
        int[] to = [channels, .. from.Skip(1).Select(length => ((length + padBegin + padEnd - extent) / stride) + 1)];
        float[] weights = Weights($"{name}.weight", Math.Sqrt(2.0 / (from[0] / groups * kernel * kernel)), [channels, from[0] / groups, kernel, kernel]);
        float[] bias = Bias(name, channels);
        DenseLayer layer = Dense(from, to);
        for (int m = 0; m < to[0]; m++)
            for (int row = 0; row < to[1]; row++)
                for (int column = 0; column < to[2]; column++)
                    for (int c = 0; c < from[0] / groups; c++)
                        for (int dy = 0; dy < kernel; dy++)
                            for (int dx = 0; dx < kernel; dx++)
                            {
                                int y = (row * stride) + (dy * dilation) - padBegin;
                                int x = (column * stride) + (dx * dilation) - padBegin;
                                if (y < 0 || x < 0 || y >= from[1] || x >= from[2])
                                    continue;
                                int source = (((m / (channels / groups) * (from[0] / groups)) + c) * from[1] * from[2]) + (y * from[2]) + x;
                                Connect(layer, source, Index(to, m, row, column), weights[(((((m * (from[0] / groups)) + c) * kernel) + dy) * kernel) + dx], bias[m]);
                            }

        OnnxNode node = new("Conv", name, _withBias ? [input, $"{name}.weight", $"{name}.bias"] : [input, $"{name}.weight"], [$"{name}.out"]);
        node.Set("kernel_shape", kernel, kernel).Set("strides", stride, stride).Set("pads", padBegin, padBegin, padEnd, padEnd).Set("group", (long)groups).Set("dilations", dilation, dilation);
        return Linear(node, name, input, to, layer);
    }

    public string ConvolveTransposed(string input, string name, int channels, int kernel, int stride, int pad)
    {
        int[] from = Shape(input);
        int[] to = [channels, .. from.Skip(1).Select(length => ((length - 1) * stride) + kernel - (2 * pad))];
        float[] weights = Weights($"{name}.weight", Math.Sqrt(1.0 / (from[0] * kernel)), [from[0], channels, kernel, kernel]);
        float[] bias = Bias(name, channels);
        DenseLayer layer = Dense(from, to);
        for (int c = 0; c < from[0]; c++)
            for (int row = 0; row < from[1]; row++)
                for (int column = 0; column < from[2]; column++)
                    for (int m = 0; m < channels; m++)
                        for (int dy = 0; dy < kernel; dy++)
                            for (int dx = 0; dx < kernel; dx++)
                            {
                                int y = (row * stride) + dy - pad;
                                int x = (column * stride) + dx - pad;
                                if (y >= 0 && x >= 0 && y < to[1] && x < to[2])
                                    Connect(layer, Index(from, c, row, column), Index(to, m, y, x), weights[(((((c * channels) + m) * kernel) + dy) * kernel) + dx], bias[m]);
                            }

        OnnxNode node = new("ConvTranspose", name, _withBias ? [input, $"{name}.weight", $"{name}.bias"] : [input, $"{name}.weight"], [$"{name}.out"]);
        node.Set("kernel_shape", kernel, kernel).Set("strides", stride, stride).Set("pads", pad, pad, pad, pad);
        return Linear(node, name, input, to, layer);
    }

    public string Classify(string input, string name, int classes, bool asMatMul = false)
    {
        int[] from = Shape(input);
        Model.Add(new OnnxNode("Flatten", $"{name}.flatten", [input], [$"{name}.flat"]));
        int inputs = from.Aggregate(1, (product, length) => product * length);
        float[] weights = Weights($"{name}.weight", Math.Sqrt(1.0 / inputs), asMatMul ? [inputs, classes] : [classes, inputs]);
        float[] bias = Bias(name, classes);
        DenseLayer layer = new(inputs, classes);
        for (int i = 0; i < inputs; i++)
            for (int j = 0; j < classes; j++)
                Connect(layer, i, j, weights[asMatMul ? (i * classes) + j : (j * inputs) + i], bias[j]);
        _nodes.Add(new PlainNode("logits", [classes], [input], layer, null));
        if (!asMatMul)
        {
            Model.Add(new OnnxNode("Gemm", name, _withBias ? [$"{name}.flat", $"{name}.weight", $"{name}.bias"] : [$"{name}.flat", $"{name}.weight"], ["logits"]).Set("transB", 1L));
        }
        else
        {
            Model.Add(new OnnxNode("MatMul", name, [$"{name}.flat", $"{name}.weight"], [_withBias ? $"{name}.product" : "logits"]));
            if (_withBias)
                Model.Add(new OnnxNode("Add", $"{name}.add", [$"{name}.bias", $"{name}.product"], ["logits"]));
        }

        Model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", classes]));
        return "logits";
    }

    public string Relu(string input) => Operator("Relu", input, [input], Shape(input));

    public string Add(string left, string right) => Operator("Add", left, [left, right], Shape(left));

    public string MaxPool(string input, int kernel, int stride, int pad) =>
        Operator("MaxPool", input, [input], Pooled(Shape(input), kernel, stride, pad), node => node.Set("kernel_shape", kernel, kernel).Set("strides", stride, stride).Set("pads", pad, pad, pad, pad), (kernel, stride, pad, false));

    public string AveragePool(string input, int kernel, int stride, int pad, bool countPad) =>
        Operator("AveragePool", input, [input], Pooled(Shape(input), kernel, stride, pad), node => node.Set("kernel_shape", kernel, kernel).Set("strides", stride, stride).Set("pads", pad, pad, pad, pad).Set("count_include_pad", countPad ? 1L : 0L), (kernel, stride, pad, countPad));

    public string GlobalAverage(string input) => Operator("GlobalAveragePool", input, [input], [Shape(input)[0], 1, 1]);

    public string Concat(string left, string right) =>
        Operator("Concat", left, [left, right], [Shape(left)[0] + Shape(right)[0], .. Shape(left).Skip(1)], node => node.Set("axis", 1L));

    /// <summary>The relevance of the input, started with the target's logit.</summary>
    public double[] Relevance(double[] input, int target, PlainRelevance.Rule hidden, PlainRelevance.Rule dense, PlainRelevance.Rule? first = null)
    {
        Dictionary<string, double[]> values = Forward(input);
        Dictionary<string, double[]> relevance = _nodes.ToDictionary(node => node.Name, node => new double[values[node.Name].Length]);
        relevance["logits"][target] = values["logits"][target];
        PlainNode? firstLinear = _nodes.Find(node => node.Layer is not null);
        for (int n = _nodes.Count - 1; n > 0; n--)
        {
            PlainNode node = _nodes[n];
            PlainRelevance.Rule rule = node == firstLinear && first is not null ? first : node.Name == "logits" ? dense : hidden;
            double[][] shares = node.Back([.. node.Inputs.Select(name => values[name])], values[node.Name], relevance[node.Name], rule, [.. node.Inputs.Select(Shape)]);
            for (int k = 0; k < shares.Length; k++)
                for (int i = 0; i < shares[k].Length; i++)
                    relevance[node.Inputs[k]][i] += shares[k][i];
        }

        return relevance["input"];
    }

    public Dictionary<string, double[]> Forward(double[] input)
    {
        Dictionary<string, double[]> values = new() { ["input"] = input };
        foreach (PlainNode node in _nodes.Skip(1))
            values[node.Name] = node.Forward([.. node.Inputs.Select(name => values[name])], [.. node.Inputs.Select(Shape)]);
        return values;
    }

    private PlainNode Node(string name) => _nodes.Find(node => node.Name == name)!;

    private string Linear(OnnxNode node, string name, string input, int[] shape, DenseLayer layer)
    {
        Model.Add(node);
        _nodes.Add(new PlainNode($"{name}.out", shape, [input], layer, null));
        return $"{name}.out";
    }

    private string Operator(string opType, string stem, string[] inputs, int[] shape, Action<OnnxNode>? set = null, (int Kernel, int Stride, int Pad, bool CountPad)? window = null)
    {
        string name = $"{stem}/{opType}";
        OnnxNode node = new(opType, name, inputs, [name]);
        set?.Invoke(node);
        Model.Add(node);
        _nodes.Add(new PlainNode(name, shape, inputs, null, opType) { Window = window });
        return name;
    }

    private static int[] Pooled(int[] shape, int kernel, int stride, int pad) => [shape[0], .. shape.Skip(1).Select(length => ((length + (2 * pad) - kernel) / stride) + 1)];

    private static int Index(int[] shape, int channel, int row, int column) => (((channel * shape[1]) + row) * shape[2]) + column;

    private static DenseLayer Dense(int[] from, int[] to) => new(from[0] * from[1] * from[2], to[0] * to[1] * to[2]);

    private static void Connect(DenseLayer layer, int from, int to, float weight, float bias)
    {
        layer.Weights[from, to] = weight;
        layer.Connected[from, to] = true;
        layer.Bias[to] = bias;
    }

    private float[] Bias(string name, int count) => _withBias ? Weights($"{name}.bias", 0.3, [count]) : new float[count];

    private float[] Weights(string name, double scale, int[] shape)
    {
        float[] values = new float[shape.Aggregate(1, (product, length) => product * length)];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(scale * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
        Model.AddInitializer(OnnxTensor.FromFloats(name, values, [.. shape.Select(length => (long)length)]));
        return values;
    }
}
