namespace AudioEmotionXai.Tests;

/// <summary>Operators that pick and place cells by indices, and others of their own kind.</summary>
internal sealed class ScatterGradientTests
{
    [TestCaseSource(nameof(Picks))]
    [TestCaseSource(nameof(Frames))]
    [TestCaseSource(nameof(Others))]
    public void TheGradientGoesWhereCellsCameFrom(OperatorCase test) => GradientCheck.Run(test, asOneBatch: true);

    [Test]
    public void ARootHasNoSlopeAtZero()
    {
        Assert.That(AtZero(new OperatorCase("Sqrt", 4) { Value = (_, _) => 0 }.Node("Sqrt", ["x"])), Is.All.Zero);
        Assert.That(AtZero(new OperatorCase("Pow", 4) { Value = (_, _) => 0 }.Scalar("p", 0.3f).Node("Pow", ["x", "p"])), Is.All.Zero);
        Assert.That(AtZero(new OperatorCase("powers", 4) { Value = (_, _) => 0 }.Floats("p", [0.5f, 1, 2, 0.1f], 4).Node("Pow", ["x", "p"])), Is.EqualTo((float[])[0, 1, 0, 0, 0, 1, 0, 0]));
        Assert.That(AtZero(new OperatorCase("norm", 4) { Value = (_, _) => 0 }.Node("ReduceL2", ["x"], set: node => node.Set("axes", (long[])[1]))), Is.All.Zero);
        Assert.That(AtZero(new OperatorCase("to norm 1", 4) { Value = (_, _) => 0 }.Node("LpNormalization", ["x"])), Is.All.Zero);
    }

    [Test]
    public void AProductWithAZeroGivesItTheProductOfTheOthers()
    {
        OperatorCase test = new OperatorCase("one zero", 3) { Value = (_, i) => i == 1 ? 0 : i + 2 }.Node("ReduceProd", ["x"], set: node => node.Set("axes", (long[])[1]));
        Assert.That(GradientCheck.OfTheSum(test), Is.EqualTo((float[])[0, 8, 0, 42, 35, 30]));
    }

    [Test]
    public void FramesOfOneSecondTakeNoTableOfSamplesTimesFrames()
    {
        long[] places = [.. Enumerable.Range(0, 98).SelectMany(frame => Enumerable.Range(0, 400), (frame, i) => (long)((frame * 160) + i))];
        OperatorCase test = new("frames", 16000) { FreeAxes = [], Items = 1, Opset = 13 };
        test.Constant(OnnxTensor.FromInt64s("i", places, 98, 400)).Node("Gather", ["x", "i"], "f", node => node.Set("axis", 1)).Node("ReduceMean", ["f"], "y", node => node.Set("axes", (long[])[2]).Set("keepdims", 0));
        float[] gradient = GradientCheck.OfTheSum(test);
        for (int sample = 0; sample < 16000; sample += 37)
            Assert.That(gradient[sample], Is.EqualTo(places.Count(place => place == sample) / 400f).Within(1e-6f));
    }

    private static float[] AtZero(OperatorCase test) => GradientCheck.OfTheSum(test);

    private static IEnumerable<OperatorCase> Picks()
    {
        foreach (int opset in (int[])[11, 13, 17])
        {
            yield return Apart($"TopK, opset {opset}", opset, 3, 7).Integers("k", 3).Node(new OnnxNode("TopK", "best", ["x", "k"], ["y", "i"]));
            yield return Apart($"TopK of an axis, smallest, opset {opset}", opset, 5, 4).Integers("k", 2).Node(new OnnxNode("TopK", "best", ["x", "k"], ["y", "i"]).Set("axis", 1).Set("largest", 0));
            yield return New($"ScatterND, opset {opset}", opset, 4, 5).Constant(OnnxTensor.FromInt64s("i", [0, 1, 1, 3], 2, 2)).Random("u", 2, 5).Node("ScatterND", ["x", "i", "u"]);
            yield return New($"ScatterElements, opset {opset}", opset, 4, 5).Constant(OnnxTensor.FromInt64s("i", [1, 3, 0, 2], 2, 2, 1)).Node("Slice", ["x", "s", "e", "a"], "u").Integers("s", 0, 0).Integers("e", 2, 1).Integers("a", 1, 2).Node("ScatterElements", ["x", "i", "u"], set: node => node.Set("axis", 1));
        }

        yield return New("ScatterND of signals", 16, 4, 5).Constant(OnnxTensor.FromInt64s("i", [0, 1, 1, 3], 2, 2)).Integers("s", 2).Integers("e", 3).Integers("a", 1).Node("Slice", ["x", "s", "e", "a"], "p").Node("Reshape", ["p", "r"], "u").Integers("r", 2, 5).Node("ScatterND", ["x", "i", "u"]);
        yield return New("ScatterND that adds", 16, 4, 5).Constant(OnnxTensor.FromInt64s("i", [0, 1, 0, 1], 2, 2)).Integers("s", 2).Integers("e", 3).Integers("a", 1).Node("Slice", ["x", "s", "e", "a"], "p").Node("Reshape", ["p", "r"], "u").Integers("r", 2, 5).Node("ScatterND", ["x", "i", "u"], set: node => node.Set("reduction", "add"));
        yield return New("GatherND", 17, 4, 5).Constant(OnnxTensor.FromInt64s("i", [0, 1, 0, 1, 1, 3, 0, 2], 2, 2, 2)).Node("GatherND", ["x", "i"]);
        foreach (int upper in (int[])[0, 1])
            yield return New($"Trilu {upper}", 14, 4, 5).Constant(OnnxTensor.FromInt64s("k", [1])).Node("Trilu", ["x", "k"], set: node => node.Set("upper", upper));
        foreach (int opset in (int[])[11, 13])
            yield return new OperatorCase($"Tile by computed numbers, opset {opset}", 3, 2) { Opset = opset, Linear = true, FreeAxes = [0, 1] }.Integers("one", 1).Integers("two", 2).Node("Shape", ["x"], "s").Node("Gather", ["s", "one"], "n").Node("Concat", ["one", "n", "two"], "c", node => node.Set("axis", 0)).Node("Tile", ["x", "c"], "t")
                .Node("ReduceMean", ["t"], "y", node => node.Set("axes", (long[])[1]).Set("keepdims", 0));
        yield return New("ReverseSequence", 11, 5, 3).Integers("n", 2, 4).Node("ReverseSequence", ["x", "n"], set: node => node.Set("batch_axis", 0).Set("time_axis", 1));
    }

    private static IEnumerable<OperatorCase> Frames()
    {
        foreach (int opset in (int[])[11, 13, 17])
        {
            yield return New($"overlapping frames, opset {opset}", opset, 12).Constant(OnnxTensor.FromInt64s("i", [.. Enumerable.Range(0, 4).SelectMany(frame => Enumerable.Range(0, 5), (frame, i) => (long)((frame * 2) + i))], 4, 5)).Node("Gather", ["x", "i"], set: node => node.Set("axis", 1));
            yield return New($"often one place, opset {opset}", opset, 9, 3).Integers("i", [.. Enumerable.Repeat(4L, 20), 0, -1, 0]).Node("Gather", ["x", "i"], set: node => node.Set("axis", 1));
        }
    }

    private static IEnumerable<OperatorCase> Others()
    {
        foreach (int size in (int[])[1, 3, 5])
            yield return new OperatorCase($"LRN {size}", 6, 3, 2) { Opset = 13 }.Node("LRN", ["x"], set: node => node.Set("size", size).Set("alpha", 0.3f).Set("beta", 0.6f).Set("bias", 1.3f));
        foreach ((string name, float low, float high) in ((string, float, float)[])
            [("Atan", -2, 2), ("Asin", -0.9f, 0.9f), ("Acos", -0.9f, 0.9f), ("Tan", -1.2f, 1.2f), ("Sinh", -2, 2), ("Cosh", -2, 2), ("Asinh", -2, 2), ("Acosh", 1.2f, 3), ("Atanh", -0.8f, 0.8f)])
            yield return new OperatorCase(name, 3, 5) { Opset = 11, Value = (random, _) => low + ((high - low) * random.NextSingle()) }.Node(name, ["x"]);
        yield return new OperatorCase("Shrink", 3, 5) { Opset = 11, Value = (random, _) => ((random.Next(4) * 0.5f) + 0.1f) * (random.Next(2) == 0 ? 1 : -1) }.Node("Shrink", ["x"], set: node => node.Set("lambd", 0.5f).Set("bias", 0.2f));
        foreach (int opset in (int[])[11, 13, 18])
            yield return new OperatorCase($"ReduceProd, opset {opset}", 3, 4) { Opset = opset, Value = (random, _) => (0.5f + random.NextSingle()) * (random.Next(2) == 0 ? 1 : -1) }.Reduce("ReduceProd", "x", "y", opset, keep: false, 2);
    }

    private static OperatorCase New(string name, int opset, params int[] item) => new(name, item) { Opset = opset, FreeAxes = [], Linear = true };

    /// <summary>Values of which no two are near each other.</summary>
    private static OperatorCase Apart(string name, int opset, params int[] item)
    {
        int[] order = [.. Enumerable.Range(0, 64).OrderBy(i => (i * 37) % 64)];
        return new(name, item) { Opset = opset, FreeAxes = [], Value = (_, i) => (order[i % 64] - 32) * 0.15f };
    }
}
