namespace AudioEmotionXai;

/// <summary>MatMul with a constant matrix on either side; the Add of a constant row behind it counts as its bias.</summary>
internal sealed class MatMulLayer : LinearLayer
{
    private readonly string _weight;
    private readonly OnnxNode? _biasAdd;

    public MatMulLayer(BackwardNode node)
        : base(node)
    {
        Data = node.Constant(0) is null ? 0 : 1;
        _weight = Constant(1 - Data, "one factor");
        if (node.Constant(1 - Data)!.Shape.Count != 2 || node.InputShape(Data).Length < 2)
            throw node.Unsupported($"its constant '{_weight}' has {node.Constant(1 - Data)!.Shape.Count} axes; a matrix was expected");
        _biasAdd = RelevanceContext.Of(node.Graph).BiasAddOf(node.Node);
    }

    public override int Data { get; }

    public override string Output => _biasAdd?.Outputs[0] ?? Node.Output();

    public override bool HasBias => _biasAdd is not null;

    private string BiasTensor => _biasAdd!.Inputs[0] == Node.Output() ? _biasAdd.Inputs[1] : _biasAdd.Inputs[0];

    public override string Apply(string x, WeightPart part, bool bias)
    {
        string product = Product(x, Part(_weight, part));
        return bias && HasBias ? Node.Emit.Add(product, Bias(part)) : product;
    }

    public override string Transpose(string s, WeightPart part) => Product(s, Changed("transposed", Part(_weight, part), Transposed));

    public override string Bias(WeightPart part) => Part(BiasTensor, part);

    private string Product(string data, string weight) => Data == 0 ? Node.Emit.MatMul(data, weight) : Node.Emit.MatMul(weight, data);

    private static (float[] Values, long[] Shape) Transposed(OnnxTensor matrix)
    {
        float[] values = matrix.ToFloats();
        (int rows, int columns) = ((int)matrix.Shape[0], (int)matrix.Shape[1]);
        float[] transposed = new float[values.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                transposed[(column * rows) + row] = values[(row * columns) + column];
        return (transposed, [columns, rows]);
    }
}
