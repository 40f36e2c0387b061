namespace AudioEmotionXai;

/// <summary>LayerCAM: activations weighted cell by cell with their positive gradients, made for fine maps from early layers.</summary>
/// <remarks>sum_k Relu(g) A. Jiang et al., "LayerCAM", IEEE TIP 30 (2021), doi:10.1109/TIP.2021.3089943.</remarks>
[MethodId("layercam")]
public sealed record LayerCam : CamMethod
{
    private protected override string EmitCam(GraphEmitter emit, CamLayer layer) =>
        CamLayer.SumChannels(emit, emit.Mul(emit.Relu(layer.Gradient), layer.Activation));
}
