namespace AudioEmotionXai;

/// <summary>Operators that only give the same values another shape: the gradient gets the old shape back.</summary>
[GradientOf("Flatten", "Reshape", "Squeeze", "Unsqueeze")]
internal sealed record RearrangingGradient : GradientRule
{
    internal override void Emit(BackwardNode node) => node.Send(0, node.Emit.ReshapeLike(node.Signal, node.Input(0)));
}
