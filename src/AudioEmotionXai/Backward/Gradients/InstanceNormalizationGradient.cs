namespace AudioEmotionXai;

/// <summary>InstanceNormalization: every channel of every item is standardised over its cells.</summary>
[GradientOf("InstanceNormalization")]
internal sealed record InstanceNormalizationGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        Standardization.RequirePlain(node);
        int rank = node.InputShape(0).Length;
        string scale = node.Emit.Reshape(node.Input(1), [-1, .. Enumerable.Repeat(1L, rank - 2)]);
        string gradient = node.Emit.Mul(node.Signal, scale);
        node.Send(
            0,
            Standardization.PassBack(
                node.Emit, node.Input(0), gradient, Standardization.Axes(2, rank), node.Node.GetFloat("epsilon", 1e-5f)));
    }
}
