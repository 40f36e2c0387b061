namespace AudioEmotionXai;

/// <summary>Arithmetic on several tensors that are broadcast to one shape.</summary>
internal static class ArithmeticGradients
{
    /// <summary>Add and Sum: every summand gets the gradient.</summary>
    public static void Sum(BackwardNode node) => SendToAll(node, _ => node.Signal);

    /// <summary>Mean of several tensors: every one gets the gradient divided by their number.</summary>
    public static void Mean(BackwardNode node)
    {
        string share = node.Emit.Scale(node.Signal, 1f / node.Node.Inputs.Count);
        SendToAll(node, _ => share);
    }

    /// <summary>y = a - b: da = dy, db = -dy.</summary>
    public static void Sub(BackwardNode node)
    {
        if (node.Wants(0))
            node.SendSummed(0, node.Signal);
        if (node.Wants(1))
            node.Send(1, node.Emit.Neg(Broadcasting.SumTo(node, node.Signal, 1)));
    }

    /// <summary>y = a b: da = dy b, db = dy a.</summary>
    public static void Mul(BackwardNode node) => SendToAll(node, i => node.Emit.Mul(node.Signal, node.Input(1 - i)));

    /// <summary>y = a / b: da = dy / b, db = -dy y / b.</summary>
    public static void Div(BackwardNode node)
    {
        string share = node.Emit.Div(node.Signal, node.Input(1));
        if (node.Wants(0))
            node.SendSummed(0, share);
        if (node.Wants(1))
            node.Send(1, node.Emit.Neg(Broadcasting.SumTo(node, node.Emit.Mul(share, node.Output()), 1)));
    }

    /// <summary>y = aᵇ: da = dy b a^(b-1), and 0 where a is 0 and b below 1, where a root has no slope; db = dy y log a (0 where a is
    /// not positive).</summary>
    public static void Pow(BackwardNode node)
    {
        if (node.Wants(0))
            node.SendSummed(0, node.Emit.Mul(node.Signal, DerivativeByBase(node)));
        if (node.Wants(1))
            node.SendSummed(1, node.Emit.Mul(node.Signal, DerivativeByExponent(node)));
    }

    /// <summary>Max and Min of several tensors: a cell's gradient goes to the tensor that gave the value, in equal parts where several
    /// did.</summary>
    public static void Extreme(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string[] gave = [.. node.Node.Inputs.Select(input => emit.Same(input, node.Output()))];
        string givers = gave.Aggregate(emit.Add);
        string share = gave.Length == 1 ? node.Signal : emit.Div(node.Signal, givers);
        SendToAll(node, i => emit.Mul(share, gave[i]));
    }

    /// <summary>Each cell's gradient goes to the side that was chosen; the condition gets none.</summary>
    public static void Where(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        if (node.Wants(1))
            node.SendSummed(1, emit.Where(node.Input(0), node.Signal, emit.Scalar(0)));
        if (node.Wants(2))
            node.SendSummed(2, emit.Where(node.Input(0), emit.Scalar(0), node.Signal));
    }

    private static void SendToAll(BackwardNode node, Func<int, string> share)
    {
        for (int i = 0; i < node.Node.Inputs.Count; i++)
            if (node.Wants(i))
                node.SendSummed(i, share(i));
    }

    private static string DerivativeByBase(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string x = node.Input(0);
        if (node.Constant(1) is not { } constant)
            return emit.Mul(node.Input(1), SteepPower(emit, x, emit.Sub(node.Input(1), emit.Scalar(1))));
        float[] exponents = constant.ToFloats();
        if (exponents.Length == 1)
            return DerivativeOfPower(emit, x, exponents[0]);
        long[] shape = [.. constant.Shape];
        string below = emit.Floats("exponents", Array.ConvertAll(exponents, exponent => exponent - 1), shape);
        string power = Array.Exists(exponents, exponent => exponent < 1) ? SteepPower(emit, x, below) : emit.Pow(x, below);
        return emit.Mul(emit.Floats("factors", exponents, shape), power);
    }

    private static string DerivativeOfPower(GraphEmitter emit, string x, float exponent) => exponent switch
    {
        1 => emit.Scalar(1),
        2 => emit.Scale(x, 2),
        3 => emit.Scale(emit.Square(x), 3),
        < 1 => emit.Scale(SteepPower(emit, x, emit.Scalar(exponent - 1)), exponent),
        _ => emit.Scale(emit.Pow(x, emit.Scalar(exponent - 1)), exponent),
    };

    /// <summary>A power that is 0, and not infinite, where x is 0 and the exponent negative.</summary>
    private static string SteepPower(GraphEmitter emit, string x, string exponent)
    {
        string infinite = emit.And(emit.Equal(x, emit.Scalar(0)), emit.Less(exponent, emit.Scalar(0)));
        return emit.Where(infinite, emit.Scalar(0), emit.Pow(x, exponent));
    }

    private static string DerivativeByExponent(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string positive = emit.Greater(node.Input(0), emit.Scalar(0));
        return emit.Mul(node.Output(), emit.Log(emit.Where(positive, node.Input(0), emit.Scalar(1))));
    }
}
