namespace AudioEmotionXai;

/// <summary>Identity, Cast from float32 to float32, and Dropout as it is at inference: the gradient passes.</summary>
[GradientOf("Identity", "Cast", "CastLike", "Dropout")]
internal sealed record PassThroughGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        if (node.Node.OpType is "Dropout" && node.Node.HasInput(2) && node.Constant(2)?.ToInt64s() is not [0])
            throw node.Unsupported("it is in training mode; a model exported for inference was expected");
        node.Send(0, node.Signal);
    }
}
