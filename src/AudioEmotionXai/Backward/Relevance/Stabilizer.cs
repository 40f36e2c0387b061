namespace AudioEmotionXai;

/// <summary>Divides a signal by z + epsilon*sign(z), where sign(0) = +1, from operators that run fast; known signs shorten it.</summary>
internal static class Stabilizer
{
    // Stretches every z that is not tiny beyond any epsilon, so that a clip gives epsilon*sign(z)
    private const float Stretch = 1e30f;

    public static string Divide(BackwardNode node, string signal, string z, Sign sign, float epsilon)
    {
        GraphEmitter emit = node.Emit;
        if (Factors.Of(node.Graph, signal, z) is not { } factor)
            return RoutedSignals.Apply(node.Graph, signal, z, (share, value) => emit.Div(share, Stabilized(emit, value, sign, epsilon)));
        return RoutedSignals.Apply(node.Graph, factor, z, (share, value) =>
        {
            string size = sign is Sign.NonNegative ? value : emit.Abs(value);
            return emit.Mul(share, emit.Div(size, emit.Add(size, emit.Scalar(epsilon))));
        });
    }

    /// <summary>What epsilon takes of the signal: s * epsilon * sign(z).</summary>
    public static string Taken(BackwardNode node, string quotient, string z, Sign sign, float epsilon)
    {
        GraphEmitter emit = node.Emit;
        return emit.Mul(quotient, SignedEpsilon(emit, z, sign, epsilon));
    }

    private static string Stabilized(GraphEmitter emit, string z, Sign sign, float epsilon) =>
        emit.Add(z, SignedEpsilon(emit, z, sign, epsilon));

    private static string SignedEpsilon(GraphEmitter emit, string z, Sign sign, float epsilon) =>
        sign switch
        {
            Sign.NonNegative => emit.Scalar(epsilon),
            Sign.NonPositive => emit.Scalar(-epsilon),
            _ => emit.Node(
                "Clip", [emit.Add(emit.Mul(z, emit.Scalar(Stretch)), emit.Scalar(epsilon)), emit.Scalar(-epsilon), emit.Scalar(epsilon)]),
        };
}
