namespace AudioEmotionXai;

/// <summary>GroupNormalization: standardised over groups of channels; scale is per group in operator set 18, per channel from 21
/// on.</summary>
[GradientOf("GroupNormalization")]
internal sealed record GroupNormalizationGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        Standardization.RequirePlain(node);
        GraphEmitter emit = node.Emit;
        long groups = node.Node.GetInt("num_groups", 1);
        string scale = node.Input(1);
        string gradient =
            node.Opset < 21
                ? emit.Mul(Grouped(emit, node.Signal, groups), emit.Reshape(scale, -1, 1))
                : Grouped(
                    emit, emit.Mul(node.Signal, emit.Reshape(scale, [-1, .. Enumerable.Repeat(1L, node.InputShape(0).Length - 2)])),
                    groups);
        string share = Standardization.PassBack(
            emit, Grouped(emit, node.Input(0), groups), gradient, [2], node.Node.GetFloat("epsilon", 1e-5f));
        node.Send(0, emit.ReshapeLike(share, node.Input(0)));
    }

    /// <summary>(N, C, …) as (N, groups, cells of a group).</summary>
    private static string Grouped(GraphEmitter emit, string tensor, long groups) => emit.Reshape(tensor, 0, groups, -1);
}
