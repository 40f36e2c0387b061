using AudioEmotionXai.Protobuf;
using System.Globalization;

namespace AudioEmotionXai;

/// <summary>A named tensor as a model declares it: an input, an output, or a value in between.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="ElementType">The type of its elements.</param>
/// <param name="Shape">Its axes, or null where the model does not say.</param>
public sealed record OnnxValueInfo(string Name, OnnxElementType ElementType, IReadOnlyList<OnnxDimension>? Shape)
{
    /// <summary>Name, type and shape as text, such as <c>spectrogram: Float (N, 1, 128, 141)</c>.</summary>
    public override string ToString() => $"{Name}: {ElementType} {(Shape is null ? "(?)" : $"({string.Join(", ", Shape)})")}";

    internal static OnnxValueInfo From(ValueInfoProto proto)
    {
        TypeProto.Types.Tensor? tensor = proto.Type?.TensorType;
        IReadOnlyList<OnnxDimension>? shape = tensor?.Shape is { } declared ? [.. declared.Dim.Select(ToDimension)] : null;
        return new OnnxValueInfo(proto.Name, (OnnxElementType)(tensor?.ElemType ?? 0), shape);
    }

    internal ValueInfoProto ToProto()
    {
        TypeProto.Types.Tensor tensor = new() { ElemType = (int)ElementType };
        if (Shape is not null)
        {
            tensor.Shape = new TensorShapeProto();
            tensor.Shape.Dim.AddRange(Shape.Select(ToProto));
        }

        return new ValueInfoProto { Name = Name, Type = new TypeProto { TensorType = tensor } };
    }

    private static OnnxDimension ToDimension(TensorShapeProto.Types.Dimension dimension) => dimension switch
    {
        { HasDimValue: true, DimValue: >= 0 } => dimension.DimValue,
        { HasDimParam: true, DimParam.Length: > 0 } => dimension.DimParam,
        _ => default,
    };

    private static TensorShapeProto.Types.Dimension ToProto(OnnxDimension dimension)
    {
        TensorShapeProto.Types.Dimension proto = new();
        if (dimension.Value is { } value)
            proto.DimValue = value;
        else if (dimension.Symbol is { } symbol)
            proto.DimParam = symbol;
        return proto;
    }
}

/// <summary>One axis of a tensor's declared shape: a number, a name that stands for a number, or neither (unknown).</summary>
/// <param name="Value">The length, where it is fixed.</param>
/// <param name="Symbol">The name, where the length is free, such as <c>N</c>.</param>
public readonly record struct OnnxDimension(long? Value, string? Symbol)
{
    /// <summary>A fixed length.</summary>
    /// <param name="value">The length.</param>
    public static implicit operator OnnxDimension(long value) => new(value, null);

    /// <summary>A free length with a name.</summary>
    /// <param name="symbol">The name.</param>
    public static implicit operator OnnxDimension(string symbol) => new(null, symbol);

    /// <summary>The number, the name, or <c>?</c>.</summary>
    public override string ToString() => Value?.ToString(CultureInfo.InvariantCulture) ?? Symbol ?? "?";
}
