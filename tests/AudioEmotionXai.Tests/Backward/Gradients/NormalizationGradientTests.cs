namespace AudioEmotionXai.Tests;

/// <summary>Normalisations and softmax, against plain twins in double precision.</summary>
internal sealed class NormalizationGradientTests
{
    [TestCaseSource(nameof(Cases))]
    public void TheGradientIsTheDerivative(OperatorCase test) => GradientCheck.Run(test);

    private static IEnumerable<OperatorCase> Cases()
    {
        foreach (int opset in (int[])[11, 14, 15, 21])
        {
            yield return Linear($"BatchNormalization, opset {opset}", opset, 3, 4, 5).BatchNormalization("x", 3);
            yield return Linear($"BatchNormalization of vectors, opset {opset}", opset, 4).BatchNormalization("x", 4);
        }

        yield return Linear("BatchNormalization with computed scale", 17, 3, 5).Scalar("s", 2).Floats("g", [1, 2, 3]).Node("Mul", ["g", "s"], "computed").BatchNormalization("x", 3, "computed");
        yield return Linear("BatchNormalization folded into Conv", 17, 2, 6, 5).Random("w", 3, 2, 3, 3).Node("Conv", ["x", "w"], "c").BatchNormalization("c", 3);
        foreach (int[] item in (int[][])[[3, 7], [3, 4, 5], [2, 3, 2, 4]])
        {
            int channels = item[0];
            int cells = item.Skip(1).Aggregate(1, (product, length) => product * length);
            yield return Case($"InstanceNormalization of {item.Length} axes", 11, x => Groups(x, cells, 1e-5, (_, cell) => Gamma(cell / cells), (_, cell) => Beta(cell / cells)), item)
                .Parameters(channels).Node("InstanceNormalization", ["x", "gamma", "beta"]);
        }

        yield return Case("InstanceNormalization of a free length", 17, x => Groups(x, 7, 0.1, (_, cell) => Gamma(cell / 7), (_, cell) => Beta(cell / 7)), [0, 2], 3, 7)
            .Parameters(3).Node("InstanceNormalization", ["x", "gamma", "beta"], set: node => node.Set("epsilon", 0.1f));
        yield return Case("LayerNormalization last axis", 17, x => Groups(x, 5, 1e-5, (i, _) => Gamma(i), (i, _) => Beta(i)), 4, 5).Parameters(5).Node("LayerNormalization", ["x", "gamma", "beta"]);
        yield return Case("LayerNormalization two axes, no shift", 17, x => Groups(x, 20, 1e-3, (i, _) => Gamma(i), (_, _) => 0), 3, 4, 5)
            .Parameters(4, 5).Node("LayerNormalization", ["x", "gamma"], set: node => node.Set("axis", -2).Set("epsilon", 1e-3f));
        yield return Case("LayerNormalization axis 1", 17, x => Groups(x, 20, 1e-5, (i, _) => Gamma(i), (i, _) => Beta(i)), 4, 5).Parameters(4, 5).Node("LayerNormalization", ["x", "gamma", "beta"], set: node => node.Set("axis", 1));
        yield return Case("GroupNormalization, scale per group", 18, x => Groups(x, 10, 1e-5, (_, cell) => Gamma(cell / 10), (_, cell) => Beta(cell / 10)), 4, 5)
            .Parameters(2).Node("GroupNormalization", ["x", "gamma", "beta"], set: node => node.Set("num_groups", 2));
        yield return Case("GroupNormalization, scale per channel", 21, x => Groups(x, 24, 1e-5, (_, cell) => Gamma(cell / 12), (_, cell) => Beta(cell / 12)), 4, 3, 4)
            .Parameters(4).Node("GroupNormalization", ["x", "gamma", "beta"], set: node => node.Set("num_groups", 2));
        yield return Case("LayerNormalization written out", 11, x => Groups(x, 5, 1e-5, (i, _) => Gamma(i), (i, _) => Beta(i)), 4, 5).Parameters(5).Scalar("two", 2).Scalar("eps", 1e-5f)
            .Reduce("ReduceMean", "x", "m", 11, keep: true, -1).Node("Sub", ["x", "m"], "c").Node("Pow", ["c", "two"], "p").Reduce("ReduceMean", "p", "v", 11, keep: true, -1)
            .Node("Add", ["v", "eps"], "e").Node("Sqrt", ["e"], "d").Node("Div", ["c", "d"], "n").Node("Mul", ["n", "gamma"], "g").Node("Add", ["g", "beta"]);
        foreach (int axis in (int[])[1, 2, -1])
            foreach (int p in (int[])[1, 2])
                yield return new OperatorCase($"LpNormalization p {p}, axis {axis}", 4, 5) { Value = (random, _) => (random.Next(-20, 20) * 0.2f) + 0.1f }
                    .Node("LpNormalization", ["x"], set: node => node.Set("axis", axis).Set("p", p));
        foreach (string opType in (string[])["Softmax", "LogSoftmax"])
        {
            bool log = opType is "LogSoftmax";
            yield return Case($"{opType} last axis, opset 13", 13, x => Softmax(x, 5, log), 3, 4, 5).Node(opType, ["x"]);
            yield return Case($"{opType} inner axis, opset 13", 13, null, 3, 4, 5).Node(opType, ["x"], set: node => node.Set("axis", 2));
            yield return Case($"{opType} before opset 13 runs over all later axes", 11, x => Softmax(x, 60, log), 3, 4, 5).Node(opType, ["x"]);
            yield return Case($"{opType} axis 2 before opset 13", 12, x => Softmax(x, 20, log), 3, 4, 5).Node(opType, ["x"], set: node => node.Set("axis", 2));
        }
    }

    private static OperatorCase Linear(string name, int opset, params int[] item) => new(name, item) { Opset = opset, Linear = true };

    private static OperatorCase Case(string name, int opset, Func<double[], double[]>? plain, params int[] item) => Case(name, opset, plain, [0], item);

    private static OperatorCase Case(string name, int opset, Func<double[], double[]>? plain, int[] freeAxes, params int[] item) => new(name, item) { Opset = opset, Plain = plain, FreeAxes = freeAxes };

    /// <summary>Standardises stretches of neighbouring cells; scale and shift by the place in the stretch and by the cell.</summary>
    private static double[] Groups(double[] x, int size, double epsilon, Func<int, int, double> scale, Func<int, int, double> shift)
    {
        double[] y = new double[x.Length];
        for (int start = 0; start < x.Length; start += size)
        {
            double[] group = x[start..(start + size)];
            double mean = group.Average();
            double deviation = Math.Sqrt(group.Average(value => (value - mean) * (value - mean)) + epsilon);
            for (int i = 0; i < size; i++)
                y[start + i] = ((group[i] - mean) / deviation * scale(i, start + i)) + shift(i, start + i);
        }

        return y;
    }

    private static double[] Softmax(double[] x, int size, bool log)
    {
        double[] y = new double[x.Length];
        for (int start = 0; start < x.Length; start += size)
        {
            double sum = x[start..(start + size)].Sum(Math.Exp);
            for (int i = start; i < start + size; i++)
                y[i] = log ? x[i] - Math.Log(sum) : Math.Exp(x[i]) / sum;
        }

        return y;
    }

    private static float Gamma(int index) => NormalizationCases.Gamma(index);

    private static float Beta(int index) => NormalizationCases.Beta(index);
}
