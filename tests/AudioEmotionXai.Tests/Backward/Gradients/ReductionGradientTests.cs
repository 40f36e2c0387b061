namespace AudioEmotionXai.Tests;

/// <summary>Reductions over every choice of axes, with axes as attribute and as input.</summary>
internal sealed class ReductionGradientTests
{
    private static readonly string[] s_operators = ["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSum", "ReduceLogSumExp"];

    [TestCaseSource(nameof(Cases))]
    public void TheGradientIsTheDerivative(OperatorCase test) => GradientCheck.Run(test);

    [TestCaseSource(nameof(s_operators))]
    public void AllAxesAreReducedWhereNoneAreNamed(string opType)
    {
        OperatorCase test = new($"{opType} of everything", 3, 5) { Items = 1, FreeAxes = [], Value = (_, index) => 0.3f + (index * 4 % 15 * 0.1f) };
        GradientCheck.Run(test.Reduce(opType, "x", "all", 17, keep: false).Node("Mul", ["x", "all"]));
    }

    [Test]
    public void TiesShareInEqualParts()
    {
        OperatorCase test = new("ties", 4) { Items = 1, Value = (_, index) => ((float[])[3, 1, 3, 2])[index % 4] };
        test.Reduce("ReduceMax", "x", "y", 17, keep: true, 1);
        Assert.That(GradientCheck.OfTheSum(test), Is.EqualTo((float[])[0.5f, 0, 0.5f, 0]));
    }

    [Test]
    public void AnL2NormOfZeroPassesZeroAndNotNan()
    {
        OperatorCase test = new("zeros", 4) { Items = 1, Value = (_, _) => 0 };
        test.Reduce("ReduceL2", "x", "y", 17, keep: true, 1);
        Assert.That(GradientCheck.OfTheSum(test), Is.EqualTo((float[])[0, 0, 0, 0]));
    }

    private static IEnumerable<OperatorCase> Cases()
    {
        foreach (string opType in s_operators)
        {
            foreach (int opset in (int[])[11, 13, 18])
            {
                yield return New($"{opType} last axis kept, opset {opset}", opType, opset, [0], 3, 4, 5).Reduce(opType, "x", "y", opset, keep: true, -1);
                yield return New($"{opType} two axes dropped, opset {opset}", opType, opset, [0], 3, 4, 5).Reduce(opType, "x", "y", opset, keep: false, 3, 2);
            }

            yield return New($"{opType} of a free length", opType, 17, [0, 2], 3, 5).Reduce(opType, "x", "y", 17, keep: true, 2);
        }

        yield return New("ReduceSum that is a plain copy", "ReduceSum", 13, [0], 3, 5).Node("ReduceSum", ["x"], set: node => node.Set("noop_with_empty_axes", 1));
    }

    private static OperatorCase New(string name, string opType, int opset, int[] freeAxes, params int[] item) => new(name, item)
    {
        Opset = opset,
        Linear = opType is "ReduceSum" or "ReduceMean",
        FreeAxes = freeAxes,
        // For maxima in steps of 0.1, so that no second one is near; otherwise positive for the logarithms
        Value = (_, index) => opType is "ReduceMax" or "ReduceMin" ? ((index * 37 % 101) - 50) * 0.1f : 0.3f + (index * 37 % 101 * 0.02f),
    };
}
