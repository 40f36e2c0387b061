namespace AudioEmotionXai.Tests;

/// <summary>Operators that move, repeat, cut or join cells; all linear, so that each is held to its response to unit inputs.</summary>
internal sealed class RearrangingGradientTests
{
    [TestCaseSource(nameof(Shapes))]
    [TestCaseSource(nameof(Cuts))]
    [TestCaseSource(nameof(Paddings))]
    [TestCaseSource(nameof(Picks))]
    [TestCaseSource(nameof(Repeats))]
    [TestCaseSource(nameof(Sizes))]
    public void TheGradientIsTheTransposedMap(OperatorCase test) => GradientCheck.Run(test);

    private static IEnumerable<OperatorCase> Shapes()
    {
        foreach (int opset in (int[])[11, 13, 21])
        {
            yield return New($"Flatten, opset {opset}", opset, 3, 4, 5).Node("Flatten", ["x"]);
            yield return New($"Reshape, opset {opset}", opset, 3, 4, 5).Integers("shape", 0, -1, 6).Node("Reshape", ["x", "shape"]);
            yield return New($"Squeeze and Unsqueeze, opset {opset}", opset, 3, 1, 5).Squeeze("x", "s", opset, 2).Unsqueeze("s", "y", opset, -1, 1);
            yield return New($"Identity, Dropout and Cast, opset {opset}", opset, 3, 5).Node("Identity", ["x"], "i").Node("Dropout", ["i"], "d").Node("Cast", ["d"], "y", node => node.Set("to", 1));
            yield return New($"Reshape to a computed shape, opset {opset}", opset, 3, 4, 5).Integers("zero", 0).Integers("rest", -1, 10)
                .Node("Shape", ["x"], "s").Node("Gather", ["s", "zero"], "n").Node("Concat", ["n", "rest"], "shape", node => node.Set("axis", 0)).Node("Reshape", ["x", "shape"]);
        }

        yield return New("Transpose", 11, 3, 4, 5).Node("Transpose", ["x"], set: node => node.Set("perm", 0, 3, 1, 2));
        yield return New("Transpose twice without an order", 11, 3, 4).Floats("c", [1, 2, 3, 4], 4, 1, 1).Node("Transpose", ["x"], "t").Node("Mul", ["t", "c"], "m").Node("Transpose", ["m"]);
        yield return New("CumSum", 11, 3, 5).Integers("axis", 2).Node("CumSum", ["x", "axis"]);
        yield return New("CumSum exclusive and reverse", 14, 3, 5).Integers("axis", 1).Node("CumSum", ["x", "axis"], set: node => node.Set("exclusive", 1).Set("reverse", 1));
        yield return New("DepthToSpace DCR", 11, 8, 2, 3).Node("DepthToSpace", ["x"], set: node => node.Set("blocksize", 2));
        yield return New("DepthToSpace CRD", 13, 12, 2, 3).Node("DepthToSpace", ["x"], set: node => node.Set("blocksize", 2).Set("mode", "CRD"));
        yield return New("DepthToSpace CRD by 3", 11, 18, 1, 2).Node("DepthToSpace", ["x"], set: node => node.Set("blocksize", 3).Set("mode", "CRD"));
        yield return New("SpaceToDepth", 13, 3, 4, 6).Node("SpaceToDepth", ["x"], set: node => node.Set("blocksize", 2));
        yield return New("channel shuffle", 11, 6, 3, 2).Integers("a", 0, 2, 3, 3, 2).Integers("b", 0, 6, 3, 2).Node("Reshape", ["x", "a"], "r").Node("Transpose", ["r"], "t", node => node.Set("perm", 0, 2, 1, 3, 4)).Node("Reshape", ["t", "b"]);
    }

    private static IEnumerable<OperatorCase> Cuts()
    {
        yield return Slice("middle", [1], [4], [2], null);
        yield return Slice("two axes", [1, 2], [3, 100], [1, 3], null);
        yield return Slice("negative bounds", [-3], [-1], [-1], null);
        yield return Slice("without axes", [0, 1], [long.MaxValue, 3], null, null);
        yield return Slice("everything", [0], [int.MaxValue], [2], null);
        yield return Slice("steps of 2", [1], [100], [3], [2]);
        yield return Slice("steps of 3 and 2 on two axes", [0, 1], [100, 5], [3, 2], [3, 2]);
        yield return Slice("backwards", [-1], [long.MinValue], [3], [-1]);
        yield return Slice("backwards by 2 from the middle", [3], [0], [2], [-2]);
        yield return Slice("begin of a free length", [2], [long.MaxValue], [3], null, 3);
        yield return Slice("end of a free length", [0], [-2], [3], null, 3);
        yield return Slice("last of a free length", [-1], [long.MaxValue], [3], null, 3);
        yield return Slice("steps over a free length", [1], [long.MaxValue], [3], [2], 3);
        foreach (int opset in (int[])[11, 13, 18])
        {
            OperatorCase split = New($"Split in parts, opset {opset}", opset, 7, 3);
            if (opset >= 13)
                split.Integers("parts", 2, 4, 1);
            OnnxNode node = new("Split", "split", opset >= 13 ? ["x", "parts"] : ["x"], ["a", "b", "c"]);
            node.Set("axis", 1);
            if (opset < 13)
                node.Set("split", 2, 4, 1);
            yield return split.Node(node).Scalar("two", 2).Node("Mul", ["a", "two"], "a2").Node("Concat", ["c", "a2"], "y", concat => concat.Set("axis", -2));
            OnnxNode even = new("Split", "split", ["x"], ["a", "b"]);
            even.Set("axis", -1);
            if (opset >= 18)
                even.Set("num_outputs", 2);
            yield return New($"Split evenly, opset {opset}", opset, 3, 4).Node(even).Node("Sub", ["b", "a"]);
        }

        yield return New("Concat of one tensor several times", 11, 2, 3).Random("c", 1, 2, 3).Scalar("s", 3).Node("Mul", ["x", "s"], "a").Node("Concat", ["x", "a", "x"], "y", node => node.Set("axis", 1));
        yield return new OperatorCase("Concat along a free length", 3, 5) { Linear = true, FreeAxes = [0, 2] }.Scalar("s", 3).Node("Mul", ["x", "s"], "a").Node("Concat", ["x", "a"], "y", node => node.Set("axis", 2));
        yield return new OperatorCase("Concat after a constant", 3, 5) { Linear = true, FreeAxes = [], Items = 1 }.Random("c", 1, 3, 2).Node("Concat", ["c", "x"], "y", node => node.Set("axis", 2));
    }

    private static IEnumerable<OperatorCase> Paddings()
    {
        foreach (int opset in (int[])[11, 13, 18, 19, 21])
        {
            foreach (string mode in (string[])["constant", "reflect", "edge"])
            {
                yield return New($"Pad {mode}, opset {opset}", opset, 2, 4, 5).Integers("pads", 0, 0, 1, 3, 0, 0, 2, 1).Node("Pad", ["x", "pads"], set: node => node.Set("mode", mode));
                yield return new OperatorCase($"Pad {mode} of a free length, opset {opset}", 3, 5) { Linear = true, Opset = opset, FreeAxes = [0, 2] }
                    .Integers("pads", 0, 0, 2, 0, 0, 1).Node("Pad", ["x", "pads"], set: node => node.Set("mode", mode));
            }

            yield return New($"Pad with a value, opset {opset}", opset, 2, 5).Integers("pads", 0, 1, 0, 0, 0, 3).Scalar("value", 2.5f).Node("Pad", ["x", "pads", "value"]);
            yield return New($"Pad with negative paddings, opset {opset}", opset, 4, 5).Integers("pads", 0, -1, 2, 0, 1, -2).Node("Pad", ["x", "pads"]);
        }

        yield return New("Pad along axes", 18, 2, 4, 5).Integers("pads", 1, 2, 0, 1).Integers("axes", 3, 2).Node("Pad", ["x", "pads", "", "axes"]);
        yield return New("Pad reflect along a negative axis", 18, 4, 5).Integers("pads", 1, 2).Integers("axes", -1).Node("Pad", ["x", "pads", "", "axes"], set: node => node.Set("mode", "reflect"));
        yield return New("Pad wrap", 19, 4, 5).Integers("pads", 0, 0, 2, 0, 0, 1).Node("Pad", ["x", "pads"], set: node => node.Set("mode", "wrap"));
        yield return New("Pad reflect of channels", 13, 4, 2, 3).Integers("pads", 0, 1, 0, 0, 0, 2, 0, 0).Node("Pad", ["x", "pads"], set: node => node.Set("mode", "reflect"));
    }

    private static IEnumerable<OperatorCase> Picks()
    {
        yield return Gather("one", 2, OnnxTensor.FromInt64s("i", [1]));
        yield return Gather("the last", 2, OnnxTensor.FromInt64s("i", [-1]));
        yield return Gather("a run", 3, OnnxTensor.FromInt64s("i", [1, 2, 3], 3));
        yield return Gather("a permutation", 3, OnnxTensor.FromInt64s("i", [3, 1, 4, 0, 2], 5));
        yield return Gather("duplicates", 3, OnnxTensor.FromInt64s("i", [3, 1, 3, -1, 1, 3], 6));
        yield return Gather("duplicates of channels", 1, OnnxTensor.FromInt64s("i", [2, 2, 0], 3));
        yield return Gather("a table of indices", 2, OnnxTensor.FromInt64s("i", [3, 1, 0, -1, 1, 3], 2, 3));
        yield return Gather("a free length", 3, OnnxTensor.FromInt64s("i", [-1, 0, -1], 3), 3);
        yield return Gather("one of a free length", 3, OnnxTensor.FromInt64s("i", [-1]), 3);
        yield return new OperatorCase("GatherElements with duplicates", 3, 5) { Linear = true, Opset = 16, FreeAxes = [], Items = 1 }.Constant(OnnxTensor.FromInt64s("i", [.. Enumerable.Range(0, 12).Select(index => (long)(index * 7 % 5))], 1, 3, 4))
            .Node("GatherElements", ["x", "i"], set: node => node.Set("axis", 2));
    }

    private static IEnumerable<OperatorCase> Repeats()
    {
        yield return New("Expand", 11, 3, 1, 4).Integers("shape", 1, 3, 5, 1).Node("Expand", ["x", "shape"]);
        yield return New("Expand that gains an axis", 13, 3, 4).Unsqueeze("x", "u", 13, 0).Integers("wide", 2, 1, 3, 4).Node("Expand", ["u", "wide"], "e").Node("Transpose", ["e"], "y", node => node.Set("perm", 1, 0, 2, 3));
        yield return New("Tile", 11, 2, 3, 4).Integers("repeats", 1, 3, 1, 2).Node("Tile", ["x", "repeats"]);
        yield return new OperatorCase("Tile of a free length", 3, 4) { Linear = true, FreeAxes = [0, 2] }.Integers("repeats", 1, 2, 3).Node("Tile", ["x", "repeats"]);
    }

    private static IEnumerable<OperatorCase> Sizes()
    {
        foreach (int opset in (int[])[11, 13, 18, 19])
            foreach (string mode in (string[])["nearest", "linear", "cubic"])
                foreach (string coordinates in (string[])["asymmetric", "half_pixel", "pytorch_half_pixel", "align_corners"])
                {
                    yield return Resize(opset, mode, coordinates, "by 2", [1, 1, 2, 2], null);
                    yield return Resize(opset, mode, coordinates, "by 2.5 and 0.6", [1, 1, 2.5f, 0.6f], null);
                    yield return Resize(opset, mode, coordinates, "to sizes", null, [1, 2, 7, 3]);
                }

        foreach (string nearest in (string[])["floor", "ceil", "round_prefer_floor", "round_prefer_ceil"])
            foreach (string coordinates in (string[])["asymmetric", "half_pixel"])
                foreach (float factor in (float[])[2, 3, 1.7f])
                    yield return Resize(13, "nearest", coordinates, $"{nearest} by {FormattableString.Invariant($"{factor}")}", [1, 1, factor, factor], null, nearest);
        yield return New("Resize along axes", 18, 2, 4, 5).Floats("scales", [2.5f, 2f], 2).Node("Resize", ["x", "", "scales"], set: node => node.Set("axes", 3, 2).Set("mode", "linear"));
        yield return new OperatorCase("Resize of a free length", 2, 6) { Linear = true, Opset = 13, FreeAxes = [0, 2] }.Floats("scales", [1, 1, 2], 3).Node("Resize", ["x", "", "scales"], set: node => node.Set("mode", "nearest").Set("coordinate_transformation_mode", "asymmetric").Set("nearest_mode", "floor"));
        yield return new OperatorCase("Resize of free lengths, linear", 2, 3, 6) { Linear = true, Opset = 13, FreeAxes = [0, 2, 3] }.Floats("scales", [1, 1, 2.5f, 1.5f], 4).Node("Resize", ["x", "", "scales"], set: node => node.Set("mode", "linear"));
        yield return new OperatorCase("Resize with antialias", 2, 6, 7) { Linear = true, Opset = 18, FreeAxes = [], Items = 1 }.Integers("sizes", 1, 2, 3, 4).Node("Resize", ["x", "", "", "sizes"], set: node => node.Set("mode", "linear").Set("antialias", 1));
        yield return New("Resize of 3 axes", 13, 2, 3, 2, 4).Floats("scales", [1, 1, 2, 2, 1.5f], 5).Node("Resize", ["x", "", "scales"], set: node => node.Set("mode", "linear"));
    }

    private static OperatorCase Slice(string name, long[] starts, long[] ends, long[]? axes, long[]? steps, params int[] free)
    {
        OperatorCase test = new($"Slice {name}", 4, 5, 6) { Linear = true, Opset = 11, FreeAxes = [0, .. free] };
        test.Integers("starts", starts).Integers("ends", ends);
        if (axes is not null)
            test.Integers("axes", axes);
        if (steps is not null)
            test.Integers("steps", steps);
        return test.Node("Slice", ["x", "starts", "ends", .. axes is null ? (string[])[] : ["axes"], .. steps is null ? (string[])[] : ["steps"]]);
    }

    private static OperatorCase Gather(string name, int axis, OnnxTensor indices, params int[] free) =>
        new OperatorCase($"Gather {name}", 3, 4, 5) { Linear = true, Opset = 11, FreeAxes = [0, .. free] }.Constant(indices).Node("Gather", ["x", "i"], set: node => node.Set("axis", axis));

    private static OperatorCase Resize(int opset, string mode, string coordinates, string name, float[]? scales, long[]? sizes, string? nearest = null)
    {
        int[] freeAxes = sizes is null ? [0] : [];
        OperatorCase test = new OperatorCase($"Resize {mode} {coordinates} {name}, opset {opset}", 2, 4, 5) { Linear = true, Opset = opset, FreeAxes = freeAxes, Items = 1 }.Floats("roi", [], 0).Floats("none", [], 0);
        if (scales is not null)
            test.Floats("scales", scales, scales.Length);
        if (sizes is not null)
            test.Integers("sizes", sizes);
        string empty = opset < 13 ? "roi" : "";
        return test.Node("Resize", scales is not null ? ["x", empty, "scales"] : ["x", empty, opset < 13 ? "none" : "", "sizes"], set: node =>
        {
            node.Set("mode", mode).Set("coordinate_transformation_mode", coordinates);
            if (nearest is not null)
                node.Set("nearest_mode", nearest);
        });
    }

    private static OperatorCase New(string name, int opset, params int[] item) => new(name, item) { Linear = true, Opset = opset };
}
