namespace AudioEmotionXai;

/// <summary>Mean of several tensors: every one gets the gradient divided by their number.</summary>
[GradientOf("Mean")]
internal sealed record MeanGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        string share = node.Emit.Scale(node.Signal, 1f / node.Node.Inputs.Count);
        for (int i = 0; i < node.Node.Inputs.Count; i++)
            if (node.Wants(i))
                node.Send(i, Broadcasting.SumTo(node, share, i));
    }
}
