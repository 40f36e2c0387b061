namespace AudioEmotionXai.Tests;

/// <summary>Operators whose spelling changed between operator sets, for cases that run over several.</summary>
internal static class OperatorSpelling
{
    public static OperatorCase Reduce(this OperatorCase test, string opType, string input, string output, int opset, bool keep, params long[] axes) =>
        test.WithAxes(opType, input, output, opset >= (opType is "ReduceSum" ? 13 : 18), axes, node => node.Set("keepdims", keep ? 1 : 0));

    public static OperatorCase Unsqueeze(this OperatorCase test, string input, string output, int opset, params long[] axes) =>
        test.WithAxes("Unsqueeze", input, output, opset >= 13, axes, _ => { });

    public static OperatorCase Squeeze(this OperatorCase test, string input, string output, int opset, params long[] axes) =>
        test.WithAxes("Squeeze", input, output, opset >= 13, axes, _ => { });

    private static OperatorCase WithAxes(this OperatorCase test, string opType, string input, string output, bool asInput, long[] axes, Action<OnnxNode> set)
    {
        string name = $"axes_of_{output}";
        if (asInput && axes.Length > 0)
            test.Integers(name, axes);
        return test.Node(opType, asInput && axes.Length > 0 ? [input, name] : [input], output, node =>
        {
            if (!asInput && axes.Length > 0)
                node.Set("axes", axes);
            set(node);
        });
    }
}
