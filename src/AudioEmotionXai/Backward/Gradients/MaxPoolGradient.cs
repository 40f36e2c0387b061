namespace AudioEmotionXai;

/// <summary>MaxPool: each window's gradient goes to its first maximum in row-major order; windows that overlap add up.</summary>
[GradientOf("MaxPool")]
internal sealed record MaxPoolGradient : GradientRule
{
    internal override void Emit(BackwardNode node) => node.Send(0, MaxPoolRouting.Emit(node, node.Signal));
}
