using System.Collections.Frozen;

namespace AudioEmotionXai;

/// <summary>
/// Models of 8 and 16 bit integers, in float32. Integers stay whole numbers, rounded and bounded as before, so that what the model
/// computes differs by a step of a result at most (sums of float32 round otherwise than those of integers). Signals pass rounding and
/// bounds straight through, saturated cells included, as in training with quantization (Jacob et al. 2018, arXiv:1712.05877).
/// </summary>
internal static class Quantization
{
    private static readonly FrozenSet<string> s_rearranging = FrozenSet.Create(
        "Reshape", "Transpose", "Flatten", "Squeeze", "Unsqueeze", "Concat", "Slice", "Split", "Gather", "MaxPool", "GlobalMaxPool",
        "Identity", "Expand", "Tile", "Cast");

    private static readonly FrozenDictionary<string, Action<Expansion>> s_standard = new Dictionary<string, Action<Expansion>>
    {
        { "QuantizeLinear", at => at.Write(Quantize(at, at.Input(0), 1, 2)) },
        { "DequantizeLinear", at => at.Write(Real(at, 0, 1, 2)) },
        { "DynamicQuantizeLinear", Dynamic },
        { "QLinearConv", QuantizedLayers.Convolution },
        { "QLinearMatMul", QuantizedLayers.Product },
        { "ConvInteger", QuantizedLayers.IntegerConvolution },
        { "MatMulInteger", QuantizedLayers.IntegerProduct },
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Action<Expansion>> s_microsoft = new Dictionary<string, Action<Expansion>>
    {
        { "QuantizeLinear", at => at.Write(Quantize(at, at.Input(0), 1, 2)) },
        { "DequantizeLinear", at => at.Write(Real(at, 0, 1, 2)) },
        { "QLinearConv", QuantizedLayers.Convolution },
        { "QGemm", QuantizedLayers.Gemm },
        { "MatMulIntegerToFloat", QuantizedLayers.ProductToFloat },
        { "DynamicQuantizeMatMul", QuantizedLayers.DynamicProduct },
        { "QLinearAdd", at => QuantizedLayers.Pair(at, at.Emit.Add) },
        { "QLinearMul", at => QuantizedLayers.Pair(at, at.Emit.Mul) },
        { "QLinearSigmoid", at => QuantizedLayers.Single(at, at.Emit.Sigmoid) },
        { "QLinearLeakyRelu", at => QuantizedLayers.Single(at, x => at.Emit.Activated(x, "LeakyRelu", at.Node.GetFloat("alpha", 0.01f))) },
        { "QLinearGlobalAveragePool", at => QuantizedLayers.Single(at, x => QuantizedLayers.Pooled(at, x, "GlobalAveragePool")) },
        { "QLinearAveragePool", at => QuantizedLayers.Single(at, x => QuantizedLayers.Pooled(at, x, "AveragePool")) },
        { "QLinearSoftmax", QuantizedLayers.Softmax },
        { "QLinearConcat", QuantizedLayers.Concat },
        { "NhwcMaxPool", QuantizedLayers.MaxPool },
    }.ToFrozenDictionary();

    /// <summary>Returns how many operators were written otherwise; none where an operator that is not known reads integers.</summary>
    public static int Undo(OnnxModel model) =>
        model.Nodes.Any(node => Find(node) is not null) && AreAllReadersKnown(model)
            ? OperatorExpansions.Undo(model, "quantized", Find)
            : 0;

    public static Action<Expansion>? Find(OnnxNode node) =>
        node.Domain.Length == 0 ? s_standard.GetValueOrDefault(node.OpType)
        : node.Domain is "com.microsoft" ? s_microsoft.GetValueOrDefault(node.OpType)
        : null;

    /// <summary>A tensor of integers as the numbers they stand for: (q - zero point) scale.</summary>
    public static string Real(Expansion at, int values, int scale, int zero, long axis = 1)
    {
        int rank = at.Rank(values);
        return at.Emit.Mul(Centred(at, values, zero, axis), Parameter(at, at.Input(scale), rank, AxisOf(at, axis)));
    }

    /// <summary>Integers less their zero point.</summary>
    public static string Centred(Expansion at, int values, int zero, long axis = 1)
    {
        string q = Float(at, at.Input(values));
        if (!at.Has(zero) || at.Constant(zero) is { } constant && Array.TrueForAll(constant.ToFloats(), value => value == 0))
            return q;
        return at.Emit.Sub(q, Parameter(at, Float(at, at.Input(zero)), at.Rank(values), AxisOf(at, axis)));
    }

    /// <summary>Numbers as whole steps, bounded by the type of the zero point.</summary>
    public static string Quantize(Expansion at, string x, int scale, int zero)
    {
        (float least, float most) = Bounds(at, zero);
        int rank = at.RankOf(x);
        string steps = at.Emit.Div(x, Parameter(at, at.Input(scale), rank, AxisOf(at, 1)));
        string offset = at.Has(zero) ? Parameter(at, Float(at, at.Input(zero)), rank, AxisOf(at, 1)) : "";
        return Rounded(at, steps, offset, least, most);
    }

    /// <summary>A tensor as float32.</summary>
    public static string Float(Expansion at, string tensor) =>
        at.TypeOf(tensor) is OnnxElementType.Float ? tensor : at.Emit.ToFloat(tensor);

    /// <summary>8-bit steps that fit the range of the values: the steps, their size, the zero point.</summary>
    public static (string Steps, string Scale, string Zero) Adapted(Expansion at, string x)
    {
        GraphEmitter emit = at.Emit;
        long[] all = GraphEmitter.Axes(0, at.RankOf(x));
        string least = emit.Min(emit.ReduceMin(x, all, keepDims: false), emit.Scalar(0));
        string most = emit.Max(emit.ReduceMax(x, all, keepDims: false), emit.Scalar(0));
        string range = emit.Div(emit.Sub(most, least), emit.Scalar(255));
        string scale = Held(emit, emit.Where(emit.Equal(range, emit.Scalar(0)), emit.Scalar(1), range));
        string offset = emit.Node("Round", [emit.Neg(emit.Div(least, scale))]);
        string zero = Held(emit, emit.Node("Clip", [offset, emit.Scalar(0), emit.Scalar(255)]));
        return (Rounded(at, emit.Div(x, scale), zero, 0, 255), scale, zero);
    }

    private static void Dynamic(Expansion at)
    {
        (string steps, string scale, string zero) = Adapted(at, at.Input(0));
        at.Write(steps);
        at.Write(scale, 1);
        at.Write(zero, 2);
    }

    private static string Held(GraphEmitter emit, string tensor) =>
        emit.Node("Identity", [tensor], node => node.DocString = SignalMarks.Constant);

    private static string Rounded(Expansion at, string steps, string offset, float least, float most)
    {
        GraphEmitter emit = at.Emit;
        string whole = emit.Node("Round", [steps], node => node.DocString = SignalMarks.StraightThrough);
        string moved = offset.Length > 0 ? emit.Add(whole, offset) : whole;
        return emit.Node(
            "Clip", [moved, emit.Scalar(least), emit.Scalar(most)], node => node.DocString = SignalMarks.StraightThrough);
    }

    private static (float Least, float Most) Bounds(Expansion at, int zero)
    {
        OnnxElementType type = at.Constant(zero)?.ElementType
            ?? (at.Has(zero) ? at.TypeOf(at.Input(zero)) : (OnnxElementType)at.Node.GetInt("output_dtype", (long)OnnxElementType.UInt8));
        return type switch
        {
            OnnxElementType.UInt8 or OnnxElementType.Undefined => (0, byte.MaxValue),
            OnnxElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            OnnxElementType.UInt16 => (0, ushort.MaxValue),
            OnnxElementType.Int16 => (short.MinValue, short.MaxValue),
            _ => throw new NotExpandedException($"its integers are of type {type}"),
        };
    }

    private static long AxisOf(Expansion at, long usual)
    {
        Expansion.Require(at.Node.GetInt("block_size", 0) == 0, "it has a scale for each block (block_size)");
        return at.Node.OpType is "QuantizeLinear" or "DequantizeLinear" ? at.Node.GetInt("axis", usual) : usual;
    }

    /// <summary>A scale or zero point for each cell along an axis, so that it broadcasts.</summary>
    private static string Parameter(Expansion at, string tensor, int rank, long axis)
    {
        Dim[] shape = at.ShapeOf(tensor);
        if (shape.Length != 1 || shape[0] == 1)
            return tensor;
        long[] lengths = [.. Enumerable.Repeat(1L, rank)];
        lengths[ShapeContext.Normalize(axis, rank)] = -1;
        return at.Emit.Reshape(tensor, lengths);
    }

    private static bool AreAllReadersKnown(OnnxModel model)
    {
        HashSet<string> integers = [];
        foreach (OnnxNode node in model.Nodes)
        {
            bool reads = node.Inputs.Any(integers.Contains);
            bool isQuantized = Find(node) is not null;
            if (reads && !isQuantized && (node.Domain.Length > 0 || !s_rearranging.Contains(node.OpType)))
                return false;
            if ((isQuantized && node.OpType is not ("DequantizeLinear" or "MatMulIntegerToFloat" or "DynamicQuantizeMatMul"))
                || (reads && !isQuantized && node.OpType is not "Cast"))
                integers.UnionWith(node.OpType is "DynamicQuantizeLinear" ? [node.Outputs[0], node.Outputs[^1]] : node.Outputs);
        }

        return !model.Outputs.Any(output => integers.Contains(output.Name) && output.ElementType is not OnnxElementType.Float);
    }
}
