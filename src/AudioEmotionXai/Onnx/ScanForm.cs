namespace AudioEmotionXai;

/// <summary>A Scan node's attributes: how many states and sequences it has, and which way these run.</summary>
internal sealed class ScanForm
{
    private readonly OnnxNode _node;

    private ScanForm(OnnxNode node, int sequences)
    {
        _node = node;
        Sequences = sequences;
        States = node.Inputs.Count - sequences;
    }

    public int States { get; }

    /// <summary>The number of sequences that are read.</summary>
    public int Sequences { get; }

    /// <summary>The form of a node; null where it has no body.</summary>
    /// <exception cref="ArgumentException">It says that it has more sequences than inputs.</exception>
    public static ScanForm? Of(OnnxNode node)
    {
        if (node.GetGraph("body") is null)
            return null;
        long sequences = node.GetInt("num_scan_inputs", 0);
        return sequences >= 1 && sequences <= node.Inputs.Count
            ? new ScanForm(node, (int)sequences)
            : throw new ArgumentException(
                FormattableString.Invariant($"'num_scan_inputs' is {sequences}; 1 to {node.Inputs.Count} were expected"));
    }

    public long InputAxis(int sequence) => At("scan_input_axes", sequence);

    public bool ReadsBackwards(int sequence) => At("scan_input_directions", sequence) != 0;

    public long OutputAxis(int sequence) => At("scan_output_axes", sequence);

    public bool WritesBackwards(int sequence) => At("scan_output_directions", sequence) != 0;

    /// <summary>The body with its shapes; null where a sequence's are not known.</summary>
    public BodyGraph? Infer(OnnxModel model, ShapeTable shapes)
    {
        TensorInfo[] inputs = new TensorInfo[States + Sequences];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!shapes.TryGet(_node.Inputs[i], out TensorInfo? info) || info.Shape is null)
                return null;
            if (i >= States)
            {
                int axis = ShapeContext.Normalize(InputAxis(i - States), info.Shape.Length);
                info = new TensorInfo(info.ElementType, [.. info.Shape[..axis], .. info.Shape[(axis + 1)..]]);
            }

            inputs[i] = new TensorInfo(info.ElementType, info.Shape);
        }

        return BodyGraph.Of(model, shapes, _node.GetGraph("body")!, inputs);
    }

    private long At(string attribute, int index) => _node.GetInts(attribute) is { } values && index < values.Length ? values[index] : 0;
}

/// <summary>A Loop node's body.</summary>
internal static class LoopForm
{
    // Each loop inside another may be gone through twice
    private const int Deepest = 4;

    /// <summary>The body with its shapes. What is carried has the shape that it had at first, if the body hands on one like it.</summary>
    public static BodyGraph Infer(OnnxNode node, OnnxModel model, ShapeTable shapes)
    {
        TensorInfo[] inputs =
        [
            new TensorInfo(OnnxElementType.Int64, []), new TensorInfo(OnnxElementType.Bool, []),
            .. node.Inputs.Skip(2).Select(carried => shapes.TryGet(carried, out TensorInfo? info)
                ? new TensorInfo(info.ElementType, shapes.Depth < Deepest ? info.Shape : null)
                : new TensorInfo(OnnxElementType.Undefined, null)),
        ];
        BodyGraph body = BodyGraph.Of(model, shapes, node.GetGraph("body")!, inputs);
        for (int i = 2; i < inputs.Length; i++)
            if (inputs[i].Shape is { } first && !(body.Output(i - 1).Shape is { } next && first.AsSpan().SequenceEqual(next)))
                return BodyGraph.Of(model, shapes, node.GetGraph("body")!, [.. inputs.Select((info, j) => j < 2 ? info : Unknown(info))]);
        return body;
    }

    private static TensorInfo Unknown(TensorInfo info) => new(info.ElementType, null);
}
