namespace AudioEmotionXai;

/// <summary>
/// Clip: the gradient passes strictly between the bounds, as PyTorch has it for ReLU6 (its clamp also passes at the bounds themselves);
/// bounds computed from the input get the gradient of the cells that they hold.
/// </summary>
[GradientOf("Clip")]
internal sealed record ClipGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
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
            SendToBound(node, 1, below is null ? emit.Not(above!) : emit.And(emit.Not(above!), below));
        if (node.Wants(2))
            SendToBound(node, 2, emit.Not(below!));
    }

    private static string Gated(BackwardNode node, string condition) => node.Emit.Mul(node.Signal, node.Emit.ToFloat(condition));

    private static void SendToBound(BackwardNode node, int bound, string held) =>
        node.Send(bound, Broadcasting.SumTo(node, Gated(node, held), bound));
}
