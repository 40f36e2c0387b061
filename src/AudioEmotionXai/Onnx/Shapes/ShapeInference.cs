using System.Diagnostics.CodeAnalysis;

namespace AudioEmotionXai;

/// <summary>
/// Finds the shape of every tensor of a model without running it; free lengths stay names, and integer tensors that are computed
/// from shapes are followed. An operator it does not know leaves its outputs unknown, unless the model declares them.
/// </summary>
internal static class ShapeInference
{
    private const int LargestContent = 64;

    public static ShapeTable Infer(OnnxModel model) => Infer(model, Declared);

    /// <summary>The shapes for inputs of a given size: a free first axis has so many items, other free axes that length, or of the first
    /// input those that are given.</summary>
    public static ShapeTable InferFixed(OnnxModel model, long items, long freeLength, int[] lengths)
    {
        string? first = model.Inputs.Count > 0 ? model.Inputs[0].Name : null;
        long LengthOf(OnnxValueInfo input, int axis) => axis == 0 ? items
            : input.Name == first && axis < lengths.Length ? lengths[axis]
            : freeLength;
        return Infer(
            model,
            input => new TensorInfo(
                input.ElementType,
                input.Shape is { } shape ? [.. shape.Select((dimension, axis) => (Dim)(dimension.Value ?? LengthOf(input, axis)))] : null));
    }

    private static ShapeTable Infer(OnnxModel model, Func<OnnxValueInfo, TensorInfo> ofInput)
    {
        ShapeTable table = new();
        foreach (OnnxValueInfo input in model.Inputs)
            table[input.Name] = ofInput(input);
        foreach (OnnxTensor tensor in model.Initializers.Values)
            table[tensor.Name] = OfConstant(tensor);
        Dictionary<string, OnnxValueInfo> declared = [];
        foreach (OnnxValueInfo info in model.ValueInfos.Concat(model.Outputs))
            declared[info.Name] = info;
        foreach (OnnxNode node in model.Nodes)
            InferNode(model, node, table, declared);
        return table;
    }

    public static TensorInfo OfConstant(OnnxTensor tensor)
    {
        bool small =
            tensor.ElementType is (OnnxElementType.Int64 or OnnxElementType.Int32)
            && tensor.Shape.Count <= 1
            && tensor.Count <= LargestContent;
        return new TensorInfo(
            tensor.ElementType, [.. tensor.Shape.Select(length => (Dim)length)],
            small ? [.. tensor.ToInt64s().Select(value => (Dim)value)] : null);
    }

    /// <summary>Infers one node whose inputs are in the table, and adds its outputs.</summary>
    public static void InferNode(
        OnnxModel model, OnnxNode node, ShapeTable table, IReadOnlyDictionary<string, OnnxValueInfo>? declared = null)
    {
        ShapeContext context = new(model, node, table);
        if (node.Domain.Length == 0 && ShapeRules.Table.TryGetValue(node.OpType, out Action<ShapeContext>? rule))
            Apply(rule, context, model, node);
        for (int i = 0; i < node.Outputs.Count; i++)
        {
            string name = node.Outputs[i];
            if (name.Length == 0)
                continue;
            OnnxValueInfo? said = declared?.GetValueOrDefault(name);
            if (table.TryGet(name, out TensorInfo? info) && info.Shape is not null)
                table[name] = said?.Shape is null ? info : Merge(info, Declared(said));
            else if (said?.Shape is not null)
                table[name] = Declared(said);
            else if (info is null)
                table[name] = new TensorInfo(
                    said is { ElementType: not OnnxElementType.Undefined } ? said.ElementType : Type(context), null);
        }
    }

    /// <summary>The first input's type; an operator that is not known and reads integers (a condition, a number of turns) can write
    /// anything.</summary>
    private static OnnxElementType Type(ShapeContext context)
    {
        OnnxElementType type = context.Type(0);
        bool isKnown = type is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16;
        return isKnown || ShapeRules.Table.ContainsKey(context.Node.OpType) ? type : OnnxElementType.Undefined;
    }

    /// <summary>What was inferred, with lengths that are only made up replaced by those that are declared.</summary>
    private static TensorInfo Merge(TensorInfo inferred, TensorInfo declared)
    {
        if (inferred.Rank != declared.Rank || !inferred.Shape!.Any(length => length.IsMadeUp))
            return inferred;
        return inferred with
        {
            Shape =
            [
                .. inferred.Shape!.Select((length, axis) =>
                    length.IsMadeUp && !declared.Shape![axis].IsMadeUp ? declared.Shape[axis] : length),
            ],
        };
    }

    private static void Apply(Action<ShapeContext> rule, ShapeContext context, OnnxModel model, OnnxNode node)
    {
        try
        {
            rule(context);
        }
        catch (Exception failure) when (GraphChecks.IsOfMalformedNode(failure))
        {
            GraphChecks.ThrowMalformed(model, node, failure);
        }
    }

    private static TensorInfo Declared(OnnxValueInfo info) => new(
        info.ElementType,
        info.Shape is { } shape ? [.. shape.Select((dimension, axis) => Dim.FromDeclared(dimension, $"{info.Name}[{axis}]"))] : null);
}

/// <summary>The shapes of a model's tensors by name.</summary>
internal sealed class ShapeTable
{
    private readonly Dictionary<string, TensorInfo> _tensors;

    public ShapeTable() => _tensors = [];

    private ShapeTable(Dictionary<string, TensorInfo> tensors, int depth) => (_tensors, Depth) = (tensors, depth);

    /// <summary>How many graphs are around the one that it is of.</summary>
    public int Depth { get; }

    public TensorInfo this[string name]
    {
        get => _tensors[name];
        set => _tensors[name] = value;
    }

    /// <summary>A table that begins with what this one holds.</summary>
    public ShapeTable Copy() => new(new Dictionary<string, TensorInfo>(_tensors), Depth + 1);

    /// <summary>The tensors of the model.</summary>
    public IEnumerable<string> Names => _tensors.Keys;

    public bool TryGet(string name, [NotNullWhen(true)] out TensorInfo? info) => _tensors.TryGetValue(name, out info);

    /// <summary>The axes of a tensor, or null where they are not known.</summary>
    public Dim[]? ShapeOf(string name) => _tensors.TryGetValue(name, out TensorInfo? info) ? info.Shape : null;
}

/// <summary>What is known of a tensor before anything runs.</summary>
/// <param name="ElementType">The type of its elements.</param>
/// <param name="Shape">Its axes, or null where not even their number is known.</param>
/// <param name="Content">The elements of a small integer tensor (a shape, axes), as far as they follow from shapes.</param>
internal sealed record TensorInfo(OnnxElementType ElementType, Dim[]? Shape, Dim[]? Content = null)
{
    public int? Rank => Shape?.Length;

    public override string ToString() => $"{ElementType} {(Shape is null ? "(?)" : $"({string.Join(", ", Shape)})")}";
}
