namespace AudioEmotionXai;

/// <summary>GradCAM: the channels of a layer, each weighted by the mean gradient of the target's logit over the layer's cells.</summary>
/// <remarks>
/// alpha_k = mean_ij dy/dA_k,ij; the map is Relu(sum_k alpha_k A_k), scaled and enlarged as <see cref="CamMethod.Mode"/> says. Where
/// global average pooling and one linear layer follow, alpha_k = W[c,k]/(h*w). A target whose map is negative everywhere gives zeros,
/// with a warning: look at mode raw then. Selvaraju et al., "Grad-CAM", arXiv:1610.02391.
/// </remarks>
[MethodId("gradcam")]
public sealed record GradCam : CamMethod
{
    private protected override string EmitCam(GraphEmitter emit, CamLayer layer) =>
        CamLayer.SumChannels(emit, emit.Mul(emit.ReduceMean(layer.Gradient, layer.SpatialAxes), layer.Activation));
}
