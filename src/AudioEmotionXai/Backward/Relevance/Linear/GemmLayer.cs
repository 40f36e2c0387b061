using System.Globalization;

namespace AudioEmotionXai;

/// <summary>Gemm with a constant matrix; the scalars alpha and beta count as part of weights and bias.</summary>
internal sealed class GemmLayer : LinearLayer
{
    private readonly string _weight;
    private readonly string? _bias;
    private readonly bool _transposed;

    public GemmLayer(BackwardNode node)
        : base(node)
    {
        if (node.Node.GetInt("transA", 0) != 0)
            throw node.Unsupported("it transposes its data (transA); items as rows were expected");
        _transposed = node.Node.GetInt("transB", 0) != 0;
        _weight = Scaled(Constant(1, "weight"), node.Node.GetFloat("alpha", 1));
        _bias = node.Node.HasInput(2) ? Scaled(Constant(2, "bias"), node.Node.GetFloat("beta", 1)) : null;
    }

    public override bool HasBias => _bias is not null;

    public override string Apply(string x, WeightPart part, bool bias) =>
        Product(bias && _bias is not null ? [x, Part(_weight, part), Part(_bias, part)] : [x, Part(_weight, part)], _transposed);

    public override string Transpose(string s, WeightPart part) => Product([s, Part(_weight, part)], !_transposed);

    public override string Bias(WeightPart part) => Part(_bias!, part);

    private string Product(string[] inputs, bool transposed) =>
        Node.Emit.Node("Gemm", inputs, gemm => gemm.Set("transB", transposed ? 1 : 0));

    private string Scaled(string tensor, float factor) =>
        factor == 1
            ? tensor
            : Changed(string.Create(CultureInfo.InvariantCulture, $"times:{factor:R}"), tensor, constant => Times(constant, factor));

    private static (float[] Values, long[] Shape) Times(OnnxTensor constant, float factor) =>
        (Array.ConvertAll(constant.ToFloats(), value => value * factor), [.. constant.Shape]);
}
