namespace AudioEmotionXai;

/// <summary>Conv: the gradient goes back through the transposed convolution with the same weights.</summary>
[GradientOf("Conv")]
internal sealed record ConvolutionGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        if (node.Wants(1) || node.Wants(2))
            throw node.Unsupported("its weights are computed from the input; constant weights were expected");
        node.Send(0, TransposedConvolution.Emit(node, node.Signal, node.Input(1)));
    }
}
