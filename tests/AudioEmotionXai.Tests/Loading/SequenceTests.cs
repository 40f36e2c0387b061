namespace AudioEmotionXai.Tests;

/// <summary>Sequences of a known length, against the runtime's own.</summary>
internal sealed class SequenceTests
{
    [TestCaseSource(nameof(Cases))]
    public void AreWrittenAsTheirTensors(OperatorCase test) => ExpansionCheck.Run(test);

    private static IEnumerable<OperatorCase> Cases()
    {
        yield return New("constructed and joined").Node("Tanh", ["x"], "t").Node("SequenceConstruct", ["x", "t", "x"], "s").Node("ConcatFromSequence", ["s"], set: node => node.Set("axis", 2));
        yield return New("stacked").Node("Tanh", ["x"], "t").Node("SequenceConstruct", ["x", "t"], "s").Node("ConcatFromSequence", ["s"], set: node => node.Set("axis", 1).Set("new_axis", 1));
        yield return New("split and picked").Constant(OnnxTensor.FromInt64s("i", [-1])).Node("SplitToSequence", ["x"], "s", node => node.Set("axis", 1).Set("keepdims", 0)).Node("SequenceAt", ["s", "i"]);
        yield return New("split in twos").Constant(OnnxTensor.FromInt64s("two", [2])).Constant(OnnxTensor.FromInt64s("i", [2])).Node("SplitToSequence", ["x", "two"], "s", node => node.Set("axis", 2)).Node("SequenceAt", ["s", "i"]);
        yield return New("split by sizes, one erased").Integers("sizes", 1, 3, 1).Constant(OnnxTensor.FromInt64s("i", [1])).Node("SplitToSequence", ["x", "sizes"], "s", node => node.Set("axis", 2)).Node("SequenceErase", ["s", "i"], "e").Node("ConcatFromSequence", ["e"], set: node => node.Set("axis", 2));
        yield return New("filled from empty").Constant(OnnxTensor.FromInt64s("i", [0])).Node("Tanh", ["x"], "t").Node(new OnnxNode("SequenceEmpty", "empty", [], ["s0"])).Node("SequenceInsert", ["s0", "x"], "s1").Node("SequenceInsert", ["s1", "t", "i"], "s2").Node("ConcatFromSequence", ["s2"], set: node => node.Set("axis", 1));
    }

    private static OperatorCase New(string name) => new(name, 3, 5) { FreeAxes = [], Opset = 13 };
}
