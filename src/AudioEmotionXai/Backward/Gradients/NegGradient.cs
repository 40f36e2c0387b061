namespace AudioEmotionXai;

/// <summary>Neg: the gradient with the other sign.</summary>
[GradientOf("Neg")]
internal sealed record NegGradient : GradientRule
{
    internal override void Emit(BackwardNode node) => node.Send(0, node.Emit.Neg(node.Signal));
}
