namespace AudioEmotionXai;

/// <summary>What a shape rule sees of its node: shapes and known contents of the inputs, and where to put those of the outputs.</summary>
internal sealed class ShapeContext(OnnxModel model, OnnxNode node, ShapeTable table)
{
    // 16 GiB of float32: no run could hold it, and lengths up to here can be multiplied without care
    private const long MostCells = 1L << 32;

    public OnnxNode Node => node;

    /// <summary>The model that the node is part of.</summary>
    public OnnxModel Model => model;

    /// <summary>The shapes known so far.</summary>
    public ShapeTable Table => table;

    public int Opset => model.Opset;

    public int InputCount => node.Inputs.Count;

    public OnnxElementType Type(int input) =>
        node.HasInput(input) && table.TryGet(node.Inputs[input], out TensorInfo? info) ? info.ElementType : OnnxElementType.Undefined;

    public Dim[]? Shape(int input) => node.HasInput(input) ? table.ShapeOf(node.Inputs[input]) : null;

    /// <summary>The known elements of an integer input.</summary>
    public Dim[]? Content(int input) =>
        node.HasInput(input) && table.TryGet(node.Inputs[input], out TensorInfo? info) ? info.Content : null;

    /// <summary>The known elements of an integer input, all of them numbers.</summary>
    public long[]? Numbers(int input) =>
        Content(input) is { } content && Array.TrueForAll(content, dim => dim.IsFixed)
            ? Array.ConvertAll(content, dim => dim.Offset)
            : null;

    public OnnxTensor? Constant(int input) =>
        node.HasInput(input) && model.Initializers.TryGetValue(node.Inputs[input], out OnnxTensor? tensor) ? tensor : null;

    /// <summary>A list that is an attribute in older operator sets and an input in newer ones.</summary>
    public long[]? AttributeOrInput(string attribute, int input) => node.GetInts(attribute) ?? Numbers(input);

    public void Set(Dim[]? shape) => Set(0, Type(0), shape);

    public void Set(int output, OnnxElementType type, Dim[]? shape, Dim[]? content = null)
    {
        ThrowIfUnholdable(shape);
        if (output < node.Outputs.Count && node.Outputs[output].Length > 0)
            table[node.Outputs[output]] = new TensorInfo(type, shape, content);
    }

    private static void ThrowIfUnholdable(Dim[]? shape)
    {
        Int128 cells = 1;
        foreach (Dim length in shape ?? [])
        {
            if (length.Value is < 0 or > int.MaxValue)
                throw new ArgumentException($"It would write a tensor with an axis of {length} cells.");
            cells *= length.Value ?? 1;
            if (cells > MostCells)
                throw new ArgumentException($"It would write a tensor of more than {MostCells} cells.");
        }
    }

    /// <summary>An axis counted from the front.</summary>
    /// <remarks>One behind the last is let through: some operators count places between axes.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static int Normalize(long axis, int rank) => axis >= -rank && axis <= rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"A tensor of {rank} axes has none of that number.");
}
