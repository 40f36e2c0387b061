namespace AudioEmotionXai;

/// <summary>Max and Min of several tensors: a cell's gradient goes to the tensor that gave the value, in equal parts where several
/// did.</summary>
[GradientOf("Max", "Min")]
internal sealed record ExtremeGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string[] gave = [.. node.Node.Inputs.Select(input => emit.Same(input, node.Output()))];
        string givers = gave.Aggregate(emit.Add);
        string share = gave.Length == 1 ? node.Signal : emit.Div(node.Signal, givers);
        for (int i = 0; i < gave.Length; i++)
            if (node.Wants(i))
                node.Send(i, Broadcasting.SumTo(node, emit.Mul(share, gave[i]), i));
    }
}
