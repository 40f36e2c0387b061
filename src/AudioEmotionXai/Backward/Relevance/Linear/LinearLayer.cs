namespace AudioEmotionXai;

/// <summary>A node seen as a linear map f(W, x) + b with constant W and b: its map and transpose with any part of the weights.</summary>
internal abstract class LinearLayer(BackwardNode node)
{
    public BackwardNode Node { get; } = node;

    /// <summary>The input that x is.</summary>
    public virtual int Data => 0;

    /// <summary>The forward tensor f(W, x) + b.</summary>
    public virtual string Output => Node.Output();

    /// <summary>Whether there is a bias.</summary>
    public abstract bool HasBias { get; }

    /// <summary>The layer a node is, or null where it is none.</summary>
    public static LinearLayer? Find(BackwardNode node) => node.Node.OpType switch
    {
        "Conv" => new ConvLayer(node),
        "ConvTranspose" => new ConvTransposeLayer(node),
        "Gemm" => new GemmLayer(node),
        "MatMul" => new MatMulLayer(node),
        "BatchNormalization" => new ScaleLayer(node),
        _ => null,
    };

    /// <summary>Emits f(W part, x), plus the same part of the bias where asked for and there is one.</summary>
    public abstract string Apply(string x, WeightPart part, bool bias);

    /// <summary>Emits fᵀ(W part, s).</summary>
    public abstract string Transpose(string s, WeightPart part);

    /// <summary>Emits the sum of a signal over outputs that all have the same weights, for <see cref="TransposeSum"/>; null where a layer
    /// has nothing to gain from it.</summary>
    public virtual string? SumOfOutputs(string s) => null;

    /// <summary>Emits fᵀ(1, s) from the sum of s over outputs.</summary>
    public virtual string TransposeSum(string sum, WeightPart part) => throw new NotSupportedException();

    /// <summary>The part of the bias in a shape that broadcasts over the output.</summary>
    public abstract string Bias(WeightPart part);

    /// <summary>A part of a constant, folded when the program is compiled.</summary>
    protected string Part(string tensor, WeightPart part)
    {
        if (part == WeightPart.Original)
            return tensor;
        return Node.Emit.FloatsOnce($"{part.Key}:{tensor}", () =>
        {
            OnnxTensor constant = Node.Graph.Constant(tensor)!;
            return (part.Of(constant.ToFloats()), [.. constant.Shape]);
        });
    }

    /// <summary>A constant changed by a function, made once.</summary>
    protected string Changed(string key, string tensor, Func<OnnxTensor, (float[] Values, long[] Shape)> change) =>
        Node.Emit.FloatsOnce($"{key}:{tensor}", () => change(Node.Graph.Constant(tensor)!));

    /// <summary>Requires an input to be a constant.</summary>
    protected string Constant(int input, string what) =>
        Node.Constant(input) is not null
            ? Node.Input(input)
            : throw Node.Unsupported(
                $"its {what} '{Node.Input(input)}' is computed by the model; a constant was expected. A gate would be a sensible "
                    + $"choice: GateRule");

    /// <summary>Emits this node again with other inputs.</summary>
    protected string Again(params ReadOnlySpan<string> inputs) =>
        Node.Emit.Node(Node.Node.OpType, inputs, copy => copy.SetAttributesOf(Node.Node));

    /// <summary>A bias per channel as (C, 1, 1…), for outputs with so many axes.</summary>
    protected string PerChannel(string tensor, int rank) =>
        rank <= 2
            ? tensor
            : Changed($"channel:{rank}", tensor, constant => (constant.ToFloats(), [constant.Count, .. Enumerable.Repeat(1L, rank - 2)]));
}
