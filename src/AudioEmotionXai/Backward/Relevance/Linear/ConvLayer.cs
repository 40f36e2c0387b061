namespace AudioEmotionXai.Backward.Relevance.Linear;

/// <summary>Conv of any dimension, with stride, padding, dilation and groups.</summary>
internal sealed class ConvLayer : LinearLayer
{
    private readonly string _weight;

    public ConvLayer(BackwardNode node)
        : base(node)
    {
        _weight = Constant(1, "weight");
        if (HasBias)
            Constant(2, "bias");
    }

    public override bool HasBias => Node.Node.HasInput(2);

    public override string Apply(string x, WeightPart part, bool bias) =>
        bias && HasBias ? Again(x, Part(_weight, part), Part(Node.Input(2), part)) : Again(x, Part(_weight, part));

    public override string Transpose(string s, WeightPart part)
    {
        if (part.Kind is not WeightKind.One || Node.Node.GetInt("group", 1) != 1)
            return TransposedConvolution.Emit(Node, s, Part(_weight, part));
        // All kernels are alike: add up the outputs first, and go back with one
        string ones = Changed($"one:{part.Key}", _weight, weight => (part.Of(new float[weight.Count / weight.Shape[0]]), [1, .. weight.Shape.Skip(1)]));
        return TransposedConvolution.Emit(Node, Node.Emit.ReduceSum(s, [1]), ones);
    }

    public override string Bias(WeightPart part) => PerChannel(Part(Node.Input(2), part), Rank);

    private int Rank => (Node.Graph.Shapes.ShapeOf(Node.Input(1)) ?? []).Length;
}
