namespace AudioEmotionXai.Tests;

/// <summary>Operators of two or more tensors, with everything that broadcasting does to either side.</summary>
internal sealed class ArithmeticGradientTests
{
    [TestCaseSource(nameof(Cases))]
    public void TheGradientIsTheDerivative(OperatorCase test) => GradientCheck.Run(test);

    private static IEnumerable<OperatorCase> Cases()
    {
        foreach (string opType in (string[])["Add", "Sub", "Mul", "Div"])
        {
            foreach (int opset in (int[])[11, 14])
            {
                yield return Positive($"{opType} constant, opset {opset}", opset, linear: true, 3, 5).Floats("c", [1, 2, 3, 4, 5]).Node(opType, ["x", "c"]);
                yield return Positive($"{opType} constant first, opset {opset}", opset, linear: opType is not "Div", 3, 5).Floats("c", [1, -2, 3], 3, 1).Node(opType, ["c", "x"]);
                yield return Positive($"{opType} scalar, opset {opset}", opset, linear: true, 3, 5).Scalar("c", 1.7f).Node(opType, ["x", "c"]);
                yield return Positive($"{opType} that gains axes, opset {opset}", opset, linear: true, 3, 1).Floats("c", [1, 2, 3, 4, 5, 6], 1, 2, 1, 3).Unsqueeze("x", "u", opset, 1).Node(opType, ["u", "c"]);
                yield return Positive($"{opType} of both sides, opset {opset}", opset, linear: opType is "Add" or "Sub", 4, 3)
                    .Reduce("ReduceMean", "x", "m", opset, keep: true, 1).Node(opType, ["x", "m"]);
                yield return Positive($"{opType} of a scalar that depends, opset {opset}", opset, linear: opType is "Add" or "Sub", 4, 3)
                    .Reduce("ReduceMean", "x", "m", opset, keep: true, 1, 2).Node(opType, ["m", "x"]);
            }
        }

        yield return Positive("x times x", 11, linear: false, 3, 5).Node("Mul", ["x", "x"]);
        yield return Positive("Pow 2", 13, linear: false, 3, 5).Scalar("p", 2).Node("Pow", ["x", "p"]);
        yield return Positive("Pow 3 as integer", 13, linear: false, 3, 5).Integers("p", 3).Node("Pow", ["x", "p"]);
        yield return Positive("Pow -1.3", 11, linear: false, 3, 5).Scalar("p", -1.3f).Node("Pow", ["x", "p"]);
        yield return Positive("Pow 1", 11, linear: false, 3, 5).Scalar("p", 1).Node("Pow", ["x", "p"]);
        yield return Positive("Pow of several exponents", 13, linear: false, 3, 4).Floats("p", [1, 2, 0.5f, -1]).Node("Pow", ["x", "p"]);
        yield return Positive("Pow with x as exponent", 13, linear: false, 3, 4).Floats("c", [1, 2, 0.5f, 3]).Node("Pow", ["c", "x"]);
        yield return Positive("Pow of x by x", 13, linear: false, 3, 4).Node("Pow", ["x", "x"]);
        yield return new OperatorCase("Pow 2 of negative numbers", 3, 4) { Opset = 13 }.Scalar("p", 2).Node("Pow", ["x", "p"]);
        yield return new OperatorCase("Sum", 3, 4) { Linear = true }.Random("c", 4).Scalar("s", 2).Node("Mul", ["x", "s"], "a").Node("Sum", ["x", "c", "a"]);
        yield return new OperatorCase("Sum of one", 3, 4) { Linear = true }.Node("Sum", ["x"]);
        yield return new OperatorCase("Mean", 3, 4) { Linear = true }.Random("c", 3, 1).Scalar("s", 2).Node("Mul", ["x", "s"], "a").Node("Mean", ["x", "c", "a"]);
        foreach (string opType in (string[])["Max", "Min"])
        {
            yield return Spread($"{opType} with a constant", 3, 6).Scalar("c", 0.04f).Node(opType, ["x", "c"]);
            yield return Spread($"{opType} of three", 3, 6).Scalar("s", -0.5f).Floats("c", [0.2f, -0.4f, 1.2f], 3, 1).Node("Mul", ["x", "s"], "a").Node(opType, ["x", "a", "c"]);
            yield return Spread($"{opType} of one", 3, 6).Node(opType, ["x"]);
        }

        yield return Spread("Where", 3, 6).Scalar("zero", 0.04f).Scalar("s", 3).Node("Greater", ["x", "zero"], "condition").Node("Mul", ["x", "s"], "a").Node("Where", ["condition", "a", "x"]);
        yield return Spread("Where with a broadcast constant", 3, 6).Scalar("zero", 0.04f).Floats("c", [1, 2, 3], 3, 1).Node("Less", ["x", "zero"], "condition").Node("Where", ["condition", "c", "x"]);
        yield return Spread("Where between small tensors", 4, 3).Scalar("zero", 0.04f).Node("Greater", ["x", "zero"], "condition")
            .Reduce("ReduceSum", "x", "rows", 17, keep: true, 1).Reduce("ReduceSum", "x", "columns", 17, keep: true, 2).Node("Where", ["condition", "rows", "columns"]);
        yield return new OperatorCase("free lengths on both sides", 4, 5) { FreeAxes = [0, 2], Linear = true }.Reduce("ReduceMean", "x", "m", 17, keep: true, 2).Node("Sub", ["x", "m"]);
        yield return new OperatorCase("a free length against a constant of one", 4, 5) { FreeAxes = [0, 2] }.Random("c", 4, 1).Node("Add", ["x", "c"], "a").Node("Mul", ["a", "x"]);
        foreach (int opset in (int[])[11, 17])
        {
            yield return new OperatorCase($"lengths that differ until the run, opset {opset}", 4, 5) { FreeAxes = [0, 1, 2], Opset = opset }
                .Reduce("ReduceMean", "x", "m", opset, keep: true, 1).Integers("shape", 0, -1, 5).Node("Reshape", ["m", "shape"], "r").Node("Mul", ["x", "r"]);
            yield return new OperatorCase($"an expansion as PyTorch writes it, opset {opset}", 1, 5) { Opset = opset, Linear = true }
                .Integers("minus", -1).Integers("zero", 0).Integers("wanted", 3, -1).Integers("three", 3).Constant(OnnxTensor.FromInt64s("minus_ones", [-1, -1, -1], 3))
                .Node("Shape", ["x"], "s").Node("Gather", ["s", "zero"], "n").Node("Concat", ["n", "wanted"], "shape", node => node.Set("axis", 0))
                .Node("ConstantOfShape", ["three"], "ones", node => node.Set("value", OnnxTensor.FromInt64s("one", [1], 1)))
                .Node("Equal", ["shape", "minus_ones"], "kept").Node("Where", ["kept", "ones", "shape"], "final").Node("Expand", ["x", "final"]);
        }
    }

    private static OperatorCase Positive(string name, int opset, bool linear, params int[] item) =>
        new(name, item) { Opset = opset, Linear = linear, Value = (random, _) => 0.6f + (2 * random.NextSingle()) };

    private static OperatorCase Spread(string name, params int[] item) => new(name, item) { Value = (random, _) => (random.Next(-20, 20) * 0.2f) + 0.1f };
}
