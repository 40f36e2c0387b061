namespace AudioEmotionXai;

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

    // Where all kernels are alike, one output channel stands for all
    public override string Apply(string x, WeightPart part, bool bias)
    {
        if (part.Kind is WeightKind.One && IsUngrouped && !(bias && HasBias))
            return Again(x, OneKernel(part));
        return bias && HasBias ? Again(x, Part(_weight, part), Part(Node.Input(2), part)) : Again(x, Part(_weight, part));
    }

    public override string Transpose(string s, WeightPart part) =>
        part.Kind is WeightKind.One && SumOfOutputs(s) is { } sum
            ? TransposeSum(sum, part)
            : TransposedConvolution.Emit(Node, s, Part(_weight, part));

    public override string? SumOfOutputs(string s)
    {
        if (!IsUngrouped)
            return null;
        return RoutedSignals.Of(Node.Graph).Find(s)?.SumOfChannels() ?? Node.Emit.ReduceSum(s, [1]);
    }

    public override string TransposeSum(string sum, WeightPart part) => TransposedConvolution.Emit(Node, sum, OneKernel(part));

    public override string Bias(WeightPart part) => PerChannel(Part(Node.Input(2), part), Rank);

    private bool IsUngrouped => Node.Node.GetInt("group", 1) == 1;

    private string OneKernel(WeightPart part) =>
        Changed($"one:{part.Key}", _weight, weight => (part.Of(new float[weight.Count / weight.Shape[0]]), [1, .. weight.Shape.Skip(1)]));

    private int Rank => (Node.Graph.Shapes.ShapeOf(Node.Input(1)) ?? []).Length;
}
