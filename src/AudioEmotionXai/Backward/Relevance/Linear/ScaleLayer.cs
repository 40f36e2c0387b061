namespace AudioEmotionXai;

/// <summary>A batch normalisation that could not be merged into a layer beside it: a factor and a summand per channel.</summary>
internal sealed class ScaleLayer : LinearLayer
{
    private readonly string _scale;
    private readonly string _shift;

    public ScaleLayer(BackwardNode node)
        : base(node)
    {
        if (BatchNormalizationFolding.Coefficients(node.Graph.Model, node.Node) is not var (scale, shift))
            throw node.Unsupported("its statistics are not constant; a model exported for inference was expected");
        long[] shape = [scale.Length, .. Enumerable.Repeat(1L, Math.Max(0, node.InputShape(0).Length - 2))];
        _scale = node.Emit.FloatsOnce($"scale:{node.Output()}", () => (Array.ConvertAll(scale, value => (float)value), shape));
        _shift = node.Emit.FloatsOnce($"shift:{node.Output()}", () => (Array.ConvertAll(shift, value => (float)value), shape));
    }

    public override bool HasBias => true;

    public override string Apply(string x, WeightPart part, bool bias)
    {
        string scaled = Node.Emit.Mul(x, Part(_scale, part));
        return bias ? Node.Emit.Add(scaled, Part(_shift, part)) : scaled;
    }

    public override string Transpose(string s, WeightPart part) => Node.Emit.Mul(s, Part(_scale, part));

    public override string Bias(WeightPart part) => Part(_shift, part);
}
