namespace AudioEmotionXai;

/// <summary>Add and Sum: every summand gets the gradient.</summary>
[GradientOf("Add", "Sum")]
internal sealed record AddGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        for (int i = 0; i < node.Node.Inputs.Count; i++)
            if (node.Wants(i))
                node.Send(i, Broadcasting.SumTo(node, node.Signal, i));
    }
}
