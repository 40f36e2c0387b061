namespace AudioEmotionXai.Tests;

/// <summary>Pools of one to three dimensions in geometries drawn at random; maxima are well apart, except where ties are the point.</summary>
internal sealed class PoolGradientTests
{
    [TestCaseSource(nameof(MaxPools))]
    public void MaximaGetTheirWindowsGradients(OperatorCase test) => GradientCheck.Run(test);

    [TestCaseSource(nameof(AveragePools))]
    public void AveragesAreSharedAmongTheCellsThatCount(OperatorCase test) => GradientCheck.Run(test);

    [TestCaseSource(nameof(GlobalPools))]
    public void GlobalPoolsAreOneWindow(OperatorCase test) => GradientCheck.Run(test);

    [TestCase(11)]
    [TestCase(13)]
    [TestCase(17)]
    public void TheFirstMaximumWinsATieAndOverlapsAddUp(int opset)
    {
        OperatorCase test = new("ties", 1, 4, 5) { Opset = opset };
        test.Node("MaxPool", ["x"], "y", node => node.Set("kernel_shape", 2, 3).Set("strides", 1, 2));
        OnnxModel model = test.Body();
        model.ClearOutputs();
        model.AddInitializer(OnnxTensor.FromFloats("w", [1, 10, 100, 1000, 10000, 100000], 6, 1));
        model.Add(new OnnxNode("Flatten", "flat", ["y"], ["f"]));
        model.Add(new OnnxNode("MatMul", "head", ["f", "w"], ["scores"]));
        model.AddOutput(new OnnxValueInfo("scores", OnnxElementType.Float, null));
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, new AudioClassifierOptions { Provider = ExecutionProvider.Cpu });
        FloatTensor x = new((float[])[
            0, 0, 0, 0, 0,
            0, 0, 5, 0, 0,
            0, 0, 5, 0, 5,
            0, 0, 0, 0, 0], 1, 1, 4, 5);

        FloatTensor gradient = classifier.Run(new InputGradient(), x, [0], default).Relevance;

        Assert.That(gradient.Span.ToArray(), Is.EqualTo((float[])[
            0, 0, 0, 0, 0,
            0, 0, 1111, 0, 0,
            0, 0, 110000, 0, 0,
            0, 0, 0, 0, 0]));
    }

    private static IEnumerable<OperatorCase> MaxPools()
    {
        for (int seed = 0; seed < 36; seed++)
            yield return Fuzzed(seed, "MaxPool", ((int[])[11, 13, 17, 21])[seed % 4]);
    }

    private static IEnumerable<OperatorCase> AveragePools()
    {
        for (int seed = 0; seed < 36; seed++)
            yield return Fuzzed(seed, "AveragePool", ((int[])[11, 17, 19, 21])[seed % 4]);
    }

    private static IEnumerable<OperatorCase> GlobalPools()
    {
        foreach (int[] item in (int[][])[[3, 7], [3, 4, 5], [2, 3, 2, 4]])
            foreach (bool free in (bool[])[false, true])
            {
                int[] axes = free ? [0, .. Enumerable.Range(2, item.Length - 1)] : [0];
                yield return new OperatorCase($"GlobalAveragePool of {item.Length} axes{(free ? ", free lengths" : "")}", item) { Linear = true, FreeAxes = axes }.Node("GlobalAveragePool", ["x"]);
                yield return new OperatorCase($"GlobalMaxPool of {item.Length} axes{(free ? ", free lengths" : "")}", item) { Value = WellApart(item[1..], item[1..], item.Length), FreeAxes = axes, Opset = 11 }.Node("GlobalMaxPool", ["x"]);
            }
    }

    private static OperatorCase Fuzzed(int seed, string opType, int opset)
    {
        bool max = opType is "MaxPool";
        Random random = new(seed + (max ? 0 : 500));
        int dims = 1 + (seed % 3);
        string autoPad = random.Next(4) switch { 0 => "SAME_UPPER", 1 => "SAME_LOWER", 2 => "VALID", _ => "NOTSET" };
        bool ceil = autoPad is "NOTSET" && random.Next(2) == 0;
        bool dilated = autoPad is "NOTSET" && (max || opset >= 19) && random.Next(2) == 0;
        long[] kernel = Draw(random, dims, 1, 4);
        long[] strides = Draw(random, dims, 1, 4);
        long[] dilations = dilated ? Draw(random, dims, 1, 3) : [.. Enumerable.Repeat(1L, dims)];
        long[] pads = [.. kernel.Select(length => random.NextInt64(length)), .. kernel.Select(length => random.NextInt64(length))];
        int[] lengths = [.. Enumerable.Range(0, dims).Select(axis => (int)(dilations[axis] * (kernel[axis] - 1)) + 1 + random.Next(0, dims == 3 ? 3 : 8))];
        ceil = ceil && !Enumerable.Range(0, dims).Any(axis => LastWindowStartsOutside(lengths[axis], kernel[axis], strides[axis], dilations[axis], pads[axis], pads[axis + dims]));
        // ONNX Runtime 1.31 refuses SAME where a stride is longer than its kernel: the padding would be negative
        if (autoPad.StartsWith("SAME", StringComparison.Ordinal) && Enumerable.Range(0, dims).Any(axis => strides[axis] > kernel[axis]))
            autoPad = "VALID";
        bool include = !max && random.Next(2) == 0;
        bool free = seed % 5 == 4 && (max || autoPad is "NOTSET" or "VALID") && !dilated;
        string name = $"{opType} {seed}: k {Text(kernel)}, s {Text(strides)}, d {Text(dilations)}, pads {Text(pads)} {autoPad}, ceil {ceil}, include {include}, x {Text(lengths)}, opset {opset}{(free ? ", free lengths" : "")}";
        OperatorCase test = new(name, [2, .. lengths])
        {
            Linear = !max,
            Opset = opset,
            Seed = seed,
            Value = max ? WellApart(lengths, [.. dilations.Zip(kernel, (dilation, cells) => (int)(dilation * (cells - 1)) + 1)], seed) : null,
            Items = 1 + (seed % 2),
            FreeAxes = free ? [0, .. Enumerable.Range(2, dims)] : [0],
        };
        return test.Node(opType, ["x"], set: node =>
        {
            node.Set("kernel_shape", kernel).Set("strides", strides).Set("ceil_mode", ceil ? 1 : 0);
            if (dilated)
                node.Set("dilations", dilations);
            if (include)
                node.Set("count_include_pad", 1);
            if (autoPad is "NOTSET")
                node.Set("pads", pads);
            else
                node.Set("auto_pad", autoPad);
        });
    }

    /// <summary>The runtime leaves such a window out when it runs, but not when it checks shapes, so no model has one.</summary>
    private static bool LastWindowStartsOutside(long length, long kernel, long stride, long dilation, long begin, long end)
    {
        long room = length + begin + end - (dilation * (kernel - 1)) - 1;
        return (room + stride - 1) / stride * stride >= length + begin;
    }

    /// <summary>
    /// Values from -5 to 5, in an order drawn at random, of which no two under one window are nearer than 0.08: a cell's value follows
    /// from its place modulo the window. Finite differences move a cell by at most 0.04, so they change no winner.
    /// </summary>
    private static Func<Random, int, float> WellApart(int[] lengths, int[] window, int seed)
    {
        int[] sides = Array.ConvertAll(window, side => Math.Max(side, 3));
        int[] levels = [.. Enumerable.Range(0, sides.Aggregate(1, (product, side) => product * side))];
        new Random(seed).Shuffle(levels);
        return (_, index) =>
        {
            int place = 0;
            for (int axis = lengths.Length - 1; axis >= 0; index /= lengths[axis--])
                place = (place * sides[axis]) + (index % lengths[axis] % sides[axis]);
            // What is left of the index is the channel, or the item and channel
            return (10f * levels[(place + (7 * index)) % levels.Length] / (levels.Length - 1)) - 5;
        };
    }

    private static long[] Draw(Random random, int count, int from, int to) => [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(from, to))];

    private static string Text<T>(IEnumerable<T> numbers) => string.Join('x', numbers);
}
