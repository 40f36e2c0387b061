namespace AudioEmotionXai.Tests;

/// <summary>Convolutions and their transposes of one to three dimensions in every geometry that the format allows, drawn at random.</summary>
internal sealed class ConvolutionGradientTests
{
    [TestCaseSource(nameof(Convolutions))]
    public void ConvolutionsGoBackThroughTheirTranspose(OperatorCase test) => GradientCheck.Run(test);

    [TestCaseSource(nameof(Transposed))]
    public void TransposedConvolutionsGoBackThroughAConvolution(OperatorCase test) => GradientCheck.Run(test);

    [TestCaseSource(nameof(Products))]
    public void ProductsOfMatricesGoBackThroughTheOtherFactor(OperatorCase test) => GradientCheck.Run(test);

    private static IEnumerable<OperatorCase> Convolutions()
    {
        for (int seed = 0; seed < 36; seed++)
            yield return Fuzzed(seed, transposed: false);
    }

    private static IEnumerable<OperatorCase> Transposed()
    {
        for (int seed = 0; seed < 24; seed++)
            yield return Fuzzed(seed, transposed: true);
        yield return new OperatorCase("ConvTranspose with an output shape", 2, 4, 5) { Linear = true }.Random("w", 2, 3, 3, 3)
            .Node("ConvTranspose", ["x", "w"], set: node => node.Set("strides", 2, 2).Set("output_shape", 8, 10));
        yield return new OperatorCase("ConvTranspose with an output shape, SAME_UPPER", 2, 4, 5) { Linear = true }.Random("w", 2, 3, 3, 4)
            .Node("ConvTranspose", ["x", "w"], set: node => node.Set("strides", 2, 3).Set("output_shape", 8, 15).Set("auto_pad", "SAME_UPPER"));
    }

    private static OperatorCase Fuzzed(int seed, bool transposed)
    {
        Random random = new(seed + (transposed ? 1000 : 0));
        int dims = 1 + (seed % 3);
        int group = random.Next(3) switch { 0 => 1, 1 => 2, _ => 3 };
        int perGroup = random.Next(1, 3);
        int outPerGroup = random.Next(1, 3);
        string autoPad = random.Next(4) switch { 0 => "SAME_UPPER", 1 => "SAME_LOWER", 2 when seed % 2 == 0 => "VALID", _ => "NOTSET" };
        long[] kernel = Draw(random, dims, 1, dims == 3 ? 3 : 5);
        long[] strides = Draw(random, dims, 1, 4);
        long[] dilations = Draw(random, dims, 1, 3);
        long[] pads = [.. Draw(random, dims, 0, 3), .. Draw(random, dims, 0, 3)];
        // The runtime has no SAME paddings for dilated kernels, and contradicts itself where a transposed kernel is smaller than its stride
        if (autoPad.StartsWith("SAME", StringComparison.Ordinal))
        {
            dilations.AsSpan().Fill(1);
            for (int axis = 0; transposed && axis < dims; axis++)
                strides[axis] = Math.Min(strides[axis], kernel[axis]);
        }

        int[] lengths = new int[dims];
        for (int axis = 0; axis < dims; axis++)
            lengths[axis] = transposed ? random.Next(2, 5) : (int)((dilations[axis] * (kernel[axis] - 1)) + 1) + random.Next(0, dims == 3 ? 3 : 7);
        if (transposed)
            for (int axis = 0; axis < dims; axis++)
                while (((lengths[axis] - 1) * strides[axis]) + (dilations[axis] * (kernel[axis] - 1)) + 1 - pads[axis] - pads[axis + dims] < 1)
                    lengths[axis]++;
        long[] weight = transposed ? [group * perGroup, outPerGroup, .. kernel] : [group * outPerGroup, perGroup, .. kernel];
        bool free = seed % 4 == 3;
        string name = $"{(transposed ? "ConvTranspose" : "Conv")} {seed}: k {Text(kernel)}, s {Text(strides)}, d {Text(dilations)}, pads {Text(pads)} {autoPad}, group {group}, x {Text(lengths)}{(free ? ", free lengths" : "")}";
        OperatorCase test = new(name, [group * perGroup, .. lengths])
        {
            Linear = true,
            Opset = seed % 2 == 0 ? 11 : 17,
            Seed = seed,
            Items = 1 + (seed % 2),
            FreeAxes = free ? [0, .. Enumerable.Range(2, dims)] : [0],
        };
        test.Random("w", weight).Random("b", transposed ? group * outPerGroup : weight[0]);
        return test.Node(transposed ? "ConvTranspose" : "Conv", random.Next(2) == 0 ? ["x", "w"] : ["x", "w", "b"], set: node =>
        {
            if (random.Next(2) == 0)
                node.Set("kernel_shape", kernel);
            node.Set("strides", strides).Set("dilations", dilations).Set("group", group);
            if (autoPad is "NOTSET")
                node.Set("pads", pads);
            else
                node.Set("auto_pad", autoPad);
            if (transposed && autoPad is "NOTSET" && seed % 3 == 1)
                node.Set("output_padding", [.. strides.Select(stride => random.NextInt64(stride))]);
        });
    }

    private static IEnumerable<OperatorCase> Products()
    {
        foreach (bool transB in (bool[])[false, true])
        {
            OperatorCase gemm = new($"Gemm transB {transB}", 5) { Linear = true, Opset = 11 };
            yield return gemm.Random("w", transB ? [4, 5] : [5, 4]).Random("b", 4)
                .Node("Gemm", ["x", "w", "b"], set: node => node.Set("alpha", 0.7f).Set("beta", -2f).Set("transB", transB ? 1 : 0));
        }

        yield return new OperatorCase("Gemm transA and C that depends", 5) { FreeAxes = [], Items = 1 }
            .Random("w", 1, 4).Random("wide", 5, 4)
            .Node("Gemm", ["x", "w"], "t", node => node.Set("transA", 1)).Node("MatMul", ["x", "t"], "c").Node("Gemm", ["x", "wide", "c"], "y", node => node.Set("beta", 0.5f));
        yield return Product("constant matrix", true, 3, 5).Random("w", 5, 4).Node("MatMul", ["x", "w"]);
        yield return Product("constant batch of matrices", true, 3, 4, 5).Random("w", 3, 5, 2).Node("MatMul", ["x", "w"]);
        yield return Product("constant on the left", true, 3, 4, 5).Random("w", 2, 4).Node("MatMul", ["w", "x"]);
        yield return Product("broadcast over the items", true, 4, 5).Random("w", 3, 1, 5, 2).Unsqueeze("x", "u", 17, 0).Node("MatMul", ["u", "w"], "p").Node("Transpose", ["p"], "y", node => node.Set("perm", 1, 0, 2, 3));
        yield return Product("constant vector on the right", true, 3, 4, 5).Random("w", 5).Node("MatMul", ["x", "w"]);
        yield return Product("constant vector on the left", true, 3, 4, 5).Random("w", 4).Node("MatMul", ["w", "x"]);
        yield return Product("attention: x times its transpose", false, 4, 5).Node("Transpose", ["x"], "t", node => node.Set("perm", 0, 2, 1)).Node("MatMul", ["x", "t"]);
        yield return new OperatorCase("MatMul, a mean over items broadcast back", 4, 5) { FreeAxes = [], Items = 1 }.Reduce("ReduceMean", "x", "m", 17, keep: false, 0).Node("Transpose", ["m"], "t").Node("MatMul", ["x", "t"]);
    }

    private static OperatorCase Product(string name, bool linear, params int[] item) => new($"MatMul, {name}", item) { Linear = linear };

    private static long[] Draw(Random random, int count, int from, int to) => [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(from, to))];

    private static string Text<T>(IEnumerable<T> numbers) => string.Join('x', numbers);
}
