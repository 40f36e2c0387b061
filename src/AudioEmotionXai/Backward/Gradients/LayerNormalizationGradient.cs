namespace AudioEmotionXai;

/// <summary>LayerNormalization: standardised over the axes from <c>axis</c> on.</summary>
[GradientOf("LayerNormalization")]
internal sealed record LayerNormalizationGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        Standardization.RequirePlain(node);
        int rank = node.InputShape(0).Length;
        int axis = ShapeContext.Normalize(node.Node.GetInt("axis", -1), rank);
        string gradient = node.Emit.Mul(node.Signal, node.Input(1));
        node.Send(
            0,
            Standardization.PassBack(
                node.Emit, node.Input(0), gradient, Standardization.Axes(axis, rank), node.Node.GetFloat("epsilon", 1e-5f)));
    }
}
