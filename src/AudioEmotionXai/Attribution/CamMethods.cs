namespace AudioEmotionXai;

/// <summary>GradCAM: the channels of a layer, each weighted by the mean gradient of the target's logit over the layer's cells.</summary>
/// <remarks>
/// alpha_k = mean_ij dy/dA_k,ij; the map is Relu(sum_k alpha_k A_k), scaled and enlarged as <see cref="CamMethod.Mode"/> says. Where
/// global average pooling and one linear layer follow, alpha_k = W[c,k]/(h*w). A target whose map is negative everywhere gives zeros,
/// with a warning: look at mode raw then. Selvaraju et al., "Grad-CAM", arXiv:1610.02391.
/// </remarks>
/// <example><code>Explanation why = new GradCam { Layer = "layer3" }.Explain(model, "clip.wav");</code></example>
[MethodId("gradcam")]
public sealed record GradCam : CamMethod
{
    private protected override string EmitCam(GraphEmitter emit, CamLayer layer) =>
        CamLayer.SumChannels(emit, emit.Mul(emit.ReduceMean(layer.Gradient, CamLayer.SpatialAxes), layer.Activation));
}

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
        string total = emit.ReduceSum(layer.Activation, CamLayer.SpatialAxes);
        string below = emit.Add(
            emit.Add(emit.Mul(square, emit.Scalar(2)), emit.Mul(total, emit.Mul(square, layer.Gradient))), emit.Scalar(1e-6f));
        string weights = emit.ReduceSum(emit.Mul(emit.Relu(layer.Gradient), emit.Div(square, below)), CamLayer.SpatialAxes);
        return CamLayer.SumChannels(emit, emit.Mul(weights, layer.Activation));
    }
}

/// <summary>XGradCAM: GradCAM with each channel's gradient averaged in proportion to its activation, so that the shares add up to the
/// score.</summary>
/// <remarks>weight_k = sum_ij g A / (sum_ij A + 1e-7). Fu et al., "Axiom-based Grad-CAM", arXiv:2008.02312.</remarks>
[MethodId("xgradcam")]
public sealed record XGradCam : CamMethod
{
    private protected override string EmitCam(GraphEmitter emit, CamLayer layer)
    {
        string above = emit.ReduceSum(emit.Mul(layer.Gradient, layer.Activation), CamLayer.SpatialAxes);
        string below = emit.Add(emit.ReduceSum(layer.Activation, CamLayer.SpatialAxes), emit.Scalar(1e-7f));
        return CamLayer.SumChannels(emit, emit.Mul(emit.Div(above, below), layer.Activation));
    }
}

/// <summary>HiResCAM: gradient times activation, cell by cell, summed over channels: no averaging that moves relevance to where it was
/// not.</summary>
/// <remarks>sum_k g A. Draelos and Carin, "Use HiResCAM instead of Grad-CAM", arXiv:2011.08891.</remarks>
[MethodId("hirescam")]
public sealed record HiResCam : CamMethod
{
    private protected override string EmitCam(GraphEmitter emit, CamLayer layer) =>
        CamLayer.SumChannels(emit, emit.Mul(layer.Gradient, layer.Activation));
}

/// <summary>LayerCAM: activations weighted cell by cell with their positive gradients, made for fine maps from early layers.</summary>
/// <remarks>sum_k Relu(g) A. Jiang et al., "LayerCAM", IEEE TIP 30 (2021), doi:10.1109/TIP.2021.3089943.</remarks>
[MethodId("layercam")]
public sealed record LayerCam : CamMethod
{
    private protected override string EmitCam(GraphEmitter emit, CamLayer layer) =>
        CamLayer.SumChannels(emit, emit.Mul(emit.Relu(layer.Gradient), layer.Activation));
}
