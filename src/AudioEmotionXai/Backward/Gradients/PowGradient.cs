namespace AudioEmotionXai;

/// <summary>Pow, y = aᵇ: da = dy b a^(b-1), db = dy y log a (0 where a is not positive).</summary>
[GradientOf("Pow")]
internal sealed record PowGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        if (node.Wants(0))
            node.Send(0, Broadcasting.SumTo(node, node.Emit.Mul(node.Signal, DerivativeByBase(node)), 0));
        if (node.Wants(1))
            node.Send(1, Broadcasting.SumTo(node, node.Emit.Mul(node.Signal, DerivativeByExponent(node)), 1));
    }

    private static string DerivativeByBase(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string x = node.Input(0);
        if (node.Constant(1) is not { } constant)
            return emit.Mul(node.Input(1), emit.Pow(x, emit.Sub(node.Input(1), emit.Scalar(1))));
        float[] exponents = constant.ToFloats();
        if (exponents.Length == 1)
            return OfPower(emit, x, exponents[0]);
        long[] shape = [.. constant.Shape];
        string below = emit.Floats("exponents", Array.ConvertAll(exponents, exponent => exponent - 1), shape);
        return emit.Mul(emit.Floats("factors", exponents, shape), emit.Pow(x, below));
    }

    private static string OfPower(GraphEmitter emit, string x, float exponent) => exponent switch
    {
        1 => emit.Scalar(1),
        2 => emit.Scale(x, 2),
        3 => emit.Scale(emit.Square(x), 3),
        _ => emit.Scale(emit.Pow(x, emit.Scalar(exponent - 1)), exponent),
    };

    private static string DerivativeByExponent(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string positive = emit.Greater(node.Input(0), emit.Scalar(0));
        return emit.Mul(node.Output(), emit.Log(emit.Where(positive, node.Input(0), emit.Scalar(1))));
    }
}
