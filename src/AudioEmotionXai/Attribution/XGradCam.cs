namespace AudioEmotionXai;

/// <summary>XGradCAM: GradCAM with each channel's gradient averaged in proportion to its activation, so that the shares add up to the
/// score.</summary>
/// <remarks>weight_k = sum_ij g A / (sum_ij A + 1e-7). Fu et al., "Axiom-based Grad-CAM", arXiv:2008.02312.</remarks>
[MethodId("xgradcam")]
public sealed record XGradCam : CamMethod
{
    private protected override string EmitCam(GraphEmitter emit, CamLayer layer)
    {
        string above = emit.ReduceSum(emit.Mul(layer.Gradient, layer.Activation), layer.SpatialAxes);
        string below = emit.Add(emit.ReduceSum(layer.Activation, layer.SpatialAxes), emit.Scalar(1e-7f));
        return CamLayer.SumChannels(emit, emit.Mul(emit.Div(above, below), layer.Activation));
    }
}
