namespace AudioEmotionXai;

/// <summary>HiResCAM: gradient times activation, cell by cell, summed over channels: no averaging that moves relevance to where it was
/// not.</summary>
/// <remarks>sum_k g A. Draelos and Carin, "Use HiResCAM instead of Grad-CAM", arXiv:2011.08891.</remarks>
[MethodId("hirescam")]
public sealed record HiResCam : CamMethod
{
    private protected override string EmitCam(GraphEmitter emit, CamLayer layer) =>
        CamLayer.SumChannels(emit, emit.Mul(layer.Gradient, layer.Activation));
}
