namespace AudioEmotionXai;

/// <summary>Expand: what was repeated is summed.</summary>
[GradientOf("Expand")]
internal sealed record ExpandGradient : GradientRule
{
    internal override void Emit(BackwardNode node) => node.Send(0, Broadcasting.SumTo(node, node.Signal, 0));
}
