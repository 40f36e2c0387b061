namespace AudioEmotionXai;

/// <summary>GradCAM++: GradCAM with weights that give every place where a feature occurs its say, not only the strongest.</summary>
/// <remarks>
/// a = g² / (2g² + (sum_ij A) g³ + 1e-6), weight_k = sum_ij Relu(g) a: the closed form that pytorch-grad-cam uses, in place of the
/// paper's higher derivatives of exp(y). Chattopadhyay et al., "Grad-CAM++", arXiv:1710.11063.
/// </remarks>
[MethodId("gradcam-plus-plus")]
public sealed record GradCamPlusPlus : CamMethod
{
    private protected override string EmitCam(GraphEmitter emit, CamLayer layer)
    {
        string square = emit.Square(layer.Gradient);
        string total = emit.ReduceSum(layer.Activation, layer.SpatialAxes);
        string below = emit.Add(
            emit.Add(emit.Mul(square, emit.Scalar(2)), emit.Mul(total, emit.Mul(square, layer.Gradient))), emit.Scalar(1e-6f));
        string weights = emit.ReduceSum(emit.Mul(emit.Relu(layer.Gradient), emit.Div(square, below)), layer.SpatialAxes);
        return CamLayer.SumChannels(emit, emit.Mul(weights, layer.Activation));
    }
}
