namespace AudioEmotionXai;

/// <summary>Layers on integers: what they read made numbers again, the layer, and its result as integers.</summary>
internal static class QuantizedLayers
{
    /// <summary>QLinearConv: x, its scale and zero point, w, its, y's, bias.</summary>
    public static void Convolution(Expansion at)
    {
        Expansion.Require(at.Node.GetInt("channels_last", 0) == 0, "its channels are last");
        GraphEmitter emit = at.Emit;
        List<string> inputs = [Quantization.Real(at, 0, 1, 2), Quantization.Real(at, 3, 4, 5, axis: 0)];
        if (at.Has(8))
            inputs.Add(emit.Mul(emit.ToFloat(at.Input(8)), emit.Mul(at.Input(1), at.Input(4))));
        at.Write(Quantization.Quantize(at, Conv(at, inputs), 6, 7));
    }

    /// <summary>QLinearMatMul: a, its scale and zero point, b, its, y's.</summary>
    public static void Product(Expansion at)
    {
        string product = at.Emit.MatMul(Quantization.Real(at, 0, 1, 2, axis: -2), Quantization.Real(at, 3, 4, 5, axis: -1));
        at.Write(Quantization.Quantize(at, product, 6, 7));
    }

    /// <summary>ConvInteger: x, w, and their zero points; sums without a scale.</summary>
    public static void IntegerConvolution(Expansion at) =>
        at.Write(Conv(at, [Quantization.Centred(at, 0, 2), Quantization.Centred(at, 1, 3, axis: 0)]));

    /// <summary>MatMulInteger: a, b, and their zero points.</summary>
    public static void IntegerProduct(Expansion at) =>
        at.Write(at.Emit.MatMul(Quantization.Centred(at, 0, 2, axis: -2), Quantization.Centred(at, 1, 3, axis: -1)));

    /// <summary>QGemm: A and B with scales and zero points, C in steps of both, and a scale where the result is integers.</summary>
    public static void Gemm(Expansion at)
    {
        GraphEmitter emit = at.Emit;
        float alpha = at.Node.GetFloat("alpha", 1);
        bool isTransposed = at.Node.GetInt("transB", 0) != 0;
        List<string> inputs = [Quantization.Real(at, 0, 1, 2), Quantization.Real(at, 3, 4, 5, axis: isTransposed ? 0 : 1)];
        if (at.Has(6))
            inputs.Add(emit.Scale(emit.Mul(emit.ToFloat(at.Input(6)), emit.Mul(at.Input(1), at.Input(4))), alpha));
        string sum = emit.Node("Gemm", [.. inputs], gemm =>
            gemm.Set("transA", at.Node.GetInt("transA", 0)).Set("transB", isTransposed ? 1 : 0).Set("alpha", alpha));
        at.Write(at.Has(7) ? Quantization.Quantize(at, sum, 7, 8) : sum);
    }

    /// <summary>MatMulIntegerToFloat: A, B, their scales, their zero points, bias.</summary>
    public static void ProductToFloat(Expansion at)
    {
        string product = at.Emit.MatMul(Quantization.Real(at, 0, 2, 4, axis: -2), Quantization.Real(at, 1, 3, 5, axis: -1));
        at.Write(at.Has(6) ? at.Emit.Add(product, at.Input(6)) : product);
    }

    /// <summary>DynamicQuantizeMatMul: numbers A, integers B with scale and zero point, bias.</summary>
    public static void DynamicProduct(Expansion at)
    {
        GraphEmitter emit = at.Emit;
        (string steps, string scale, string zero) = Quantization.Adapted(at, at.Input(0));
        string left = emit.Mul(emit.Sub(steps, zero), scale);
        string product = emit.MatMul(left, Quantization.Real(at, 1, 2, 3, axis: -1));
        at.Write(at.Has(4) ? emit.Add(product, at.Input(4)) : product);
    }

    /// <summary>Two tensors, each with scale and zero point, and those of the result.</summary>
    public static void Pair(Expansion at, Func<string, string, string> function) =>
        at.Write(Quantization.Quantize(at, function(Quantization.Real(at, 0, 1, 2), Quantization.Real(at, 3, 4, 5)), 6, 7));

    /// <summary>One tensor with scale and zero point, and those of the result.</summary>
    public static void Single(Expansion at, Func<string, string> function) =>
        at.Write(Quantization.Quantize(at, function(Quantization.Real(at, 0, 1, 2)), 3, 4));

    public static string Pooled(Expansion at, string x, string opType)
    {
        bool isLast = at.Node.GetInt("channels_last", 0) != 0;
        Expansion.Require(!isLast || at.Rank(0) == 4, "its channels are last, and it has another number of axes than 4");
        string pooled = at.Emit.Node(opType, [isLast ? at.Emit.Transpose(x, 0, 3, 1, 2) : x], pool =>
        {
            pool.SetAttributesOf(at.Node);
            pool.Remove("channels_last");
        });
        return isLast ? at.Emit.Transpose(pooled, 0, 2, 3, 1) : pooled;
    }

    public static void Softmax(Expansion at)
    {
        int rank = at.Rank(0);
        bool isOld = at.Node.GetInt("opset", 13) < 13;
        int axis = ShapeContext.Normalize(at.Node.GetInt("axis", isOld ? 1 : -1), rank);
        Expansion.Require(axis == rank - 1 || (isOld == at.Opset < 13), "its axis is not the last");
        Single(at, x => at.Emit.Softmax(x, axis));
    }

    /// <summary>QLinearConcat: the result's scale and zero point, then each part with its own.</summary>
    public static void Concat(Expansion at)
    {
        string[] parts = [.. Enumerable.Range(0, (at.Node.Inputs.Count - 2) / 3)
            .Select(part => Quantization.Real(at, (3 * part) + 2, (3 * part) + 3, (3 * part) + 4))];
        at.Write(Quantization.Quantize(at, at.Emit.Concat(parts, at.Node.GetInt("axis", 0)), 0, 1));
    }

    /// <summary>The largest integers of (items, height, width, channels).</summary>
    public static void MaxPool(Expansion at)
    {
        GraphEmitter emit = at.Emit;
        string x = emit.Transpose(Quantization.Float(at, at.Input(0)), 0, 3, 1, 2);
        at.Write(emit.Transpose(emit.Node("MaxPool", [x], pool => pool.SetAttributesOf(at.Node)), 0, 2, 3, 1));
    }

    private static string Conv(Expansion at, List<string> inputs) => at.Emit.Node("Conv", [.. inputs], conv =>
    {
        conv.SetAttributesOf(at.Node);
        conv.Remove("channels_last");
    });
}
