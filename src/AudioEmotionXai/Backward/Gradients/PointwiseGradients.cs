namespace AudioEmotionXai;

/// <summary>Functions applied to every cell by itself: the gradient times the function's derivative there.</summary>
internal static class PointwiseGradients
{
    /// <summary>Emits the derivative of a function of one cell.</summary>
    /// <param name="node">The node at work.</param>
    /// <param name="emit">Its emitter.</param>
    /// <param name="x">The function's argument.</param>
    /// <param name="y">The function's value, often the cheaper way to the derivative.</param>
    public delegate string Derivative(BackwardNode node, GraphEmitter emit, string x, string y);

    private const float GeluCubic = 0.044715f;
    private static readonly float s_geluFactor = (float)Math.Sqrt(2 / Math.PI);

    /// <summary>The rule of a function of one cell, whose parameters must be constants.</summary>
    public static BackwardRule From(Derivative derivative) => node =>
    {
        node.RequireConstantParameters();
        SendProduct(node, derivative);
    };

    /// <summary>The gradient passes where the output is positive.</summary>
    public static void Relu(BackwardNode node) =>
        node.Send(
            0,
            RoutedSignals.Apply(node.Graph, node.Signal, node.Output(), (signal, output) => node.Emit.Mul(signal, node.Emit.Step(output))));

    /// <summary>What is positive on the way forward and on the way back passes.</summary>
    public static void GuidedRelu(BackwardNode node) =>
        node.Send(0, node.Emit.Mul(node.Emit.Relu(node.Signal), node.Emit.Step(node.Output())));

    /// <summary>1 where x is positive, the slope elsewhere; a slope computed from the input gets x where x is negative.</summary>
    public static void PRelu(BackwardNode node)
    {
        SendProduct(node, (_, emit, x, _) => emit.Where(emit.Greater(x, emit.Scalar(0)), emit.Scalar(1), node.Input(1)));
        if (node.Wants(1))
            node.SendSummed(1, node.Emit.Mul(node.Signal, node.Emit.Min(node.Input(0), node.Emit.Scalar(0))));
    }

    /// <summary>1 where x is positive, alpha elsewhere.</summary>
    public static string LeakyRelu(BackwardNode node, GraphEmitter emit, string x, string y)
    {
        float alpha = node.Node.GetFloat("alpha", 0.01f);
        return emit.Shift(emit.Scale(emit.Step(x), 1 - alpha), alpha);
    }

    /// <summary>1 where x is positive, alpha exp(x) = y + alpha elsewhere.</summary>
    public static string Elu(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Where(emit.Greater(x, emit.Scalar(0)), emit.Scalar(1), emit.Shift(y, node.Node.GetFloat("alpha", 1)));

    /// <summary>gamma where x is positive, gamma alpha exp(x) = y + gamma alpha elsewhere.</summary>
    public static string Selu(BackwardNode node, GraphEmitter emit, string x, string y)
    {
        float alpha = node.Node.GetFloat("alpha", 1.67326319217681884765625f);
        float gamma = node.Node.GetFloat("gamma", 1.05070102214813232421875f);
        return emit.Where(emit.Greater(x, emit.Scalar(0)), emit.Scalar(gamma), emit.Shift(y, alpha * gamma));
    }

    /// <summary>1 where x is positive, exp(x / alpha) = 1 + y / alpha elsewhere.</summary>
    public static string Celu(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Shift(emit.Scale(emit.Min(y, emit.Scalar(0)), 1 / node.Node.GetFloat("alpha", 1)), 1);

    /// <summary>max(0, min(1, alpha x + beta)): alpha where the output is strictly between 0 and 1, else 0.</summary>
    public static string HardSigmoid(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Scale(emit.Step(emit.Mul(y, emit.Complement(y))), node.Node.GetFloat("alpha", 0.2f));

    /// <summary>1 / sqrt(1 - x²).</summary>
    public static string OfArcsine(GraphEmitter emit, string x) => emit.Reciprocal(emit.Sqrt(emit.Complement(emit.Square(x))));

    /// <summary>0 up to -3, x / 3 + 1/2 between, 1 from 3 on.</summary>
    public static string HardSwish(BackwardNode node, GraphEmitter emit, string x, string y)
    {
        string bent = emit.Less(emit.Abs(x), emit.Scalar(3));
        return emit.Where(bent, emit.Shift(emit.Scale(x, 1f / 3), 0.5f), emit.Step(x));
    }

    /// <summary>2 / sqrt(pi) · exp(-x²).</summary>
    public static string Erf(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Scale(emit.Exp(emit.Neg(emit.Square(x))), (float)(2 / Math.Sqrt(Math.PI)));

    /// <summary>y = x t with t = tanh(softplus(x)): t + x sigmoid(x) (1 - t²).</summary>
    public static string Mish(BackwardNode node, GraphEmitter emit, string x, string y)
    {
        string gate = emit.Tanh(emit.Node("Softplus", [x]));
        return emit.Add(gate, emit.Mul(emit.Mul(x, emit.Sigmoid(x)), emit.Complement(emit.Square(gate))));
    }

    /// <summary>y = x s with s = sigmoid(alpha x): s + alpha y (1 - s).</summary>
    public static string Swish(BackwardNode node, GraphEmitter emit, string x, string y)
    {
        float alpha = node.Node.GetFloat("alpha", 1);
        string gate = emit.Sigmoid(emit.Scale(x, alpha));
        return emit.Add(gate, emit.Scale(emit.Mul(y, emit.Complement(gate)), alpha));
    }

    /// <summary>Phi(x) + x phi(x) with the normal distribution; in the tanh approximation, y = x (1 + t) / 2 with t = tanh(c (x + a x³)),
    /// (1 + t) / 2 + x (1 - t²) c (1 + 3 a x²) / 2.</summary>
    public static string Gelu(BackwardNode node, GraphEmitter emit, string x, string y)
    {
        if (node.Node.GetString("approximate", "none") is not "tanh")
            return emit.Add(emit.NormalDistribution(x), emit.Mul(x, emit.NormalDensity(x)));
        string square = emit.Square(x);
        string t = emit.Tanh(emit.Mul(x, emit.Shift(emit.Scale(square, s_geluFactor * GeluCubic), s_geluFactor)));
        string inner = emit.Mul(x, emit.Shift(emit.Scale(square, 1.5f * s_geluFactor * GeluCubic), 0.5f * s_geluFactor));
        return emit.Add(emit.Scale(emit.Shift(t, 1), 0.5f), emit.Mul(inner, emit.Complement(emit.Square(t))));
    }

    /// <summary>
    /// The gradient passes strictly between the bounds, as PyTorch has it for ReLU6 (its clamp also passes at the bounds themselves);
    /// bounds computed from the input get the gradient of the cells that they hold.
    /// </summary>
    public static void Clip(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string? above = node.Node.HasInput(1) ? emit.Greater(node.Output(), node.Input(1)) : null;
        string? below = node.Node.HasInput(2) ? emit.Less(node.Output(), node.Input(2)) : null;
        if (node.Wants(0))
            node.Send(0, (above, below) switch
            {
                (null, null) => node.Signal,
                (null, _) => Gated(node, below),
                (_, null) => Gated(node, above),
                _ => Gated(node, emit.And(above, below)),
            });
        if (node.Wants(1))
            node.SendSummed(1, Gated(node, below is null ? emit.Not(above!) : emit.And(emit.Not(above!), below)));
        if (node.Wants(2))
            node.SendSummed(2, Gated(node, emit.Not(below!)));
    }

    private static string Gated(BackwardNode node, string condition) => node.Emit.Mul(node.Signal, node.Emit.ToFloat(condition));

    private static void SendProduct(BackwardNode node, Derivative derivative)
    {
        if (node.Wants(0))
            node.Send(0, node.Emit.Mul(node.Signal, derivative(node, node.Emit, node.Input(0), node.Output())));
    }
}
