using System.Globalization;
using System.Numerics.Tensors;

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
            return (part.Of(constant.Floats), [.. constant.Shape]);
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

/// <summary>ConvTranspose: the way back is a convolution with the same weights.</summary>
internal sealed class ConvTransposeLayer : LinearLayer
{
    private readonly string _weight;
    private readonly WindowGeometry _window;

    public ConvTransposeLayer(BackwardNode node)
        : base(node)
    {
        _weight = Constant(1, "weight");
        if (HasBias)
            Constant(2, "bias");
        _window = WindowGeometry.Of(node.Node, [.. node.Constant(1)!.Shape.Skip(2)]);
        if (_window.ExplicitPads is null || node.Node.HasAttribute("output_shape"))
            throw node.Unsupported("its paddings follow from an output shape; explicit pads were expected");
    }

    public override bool HasBias => Node.Node.HasInput(2);

    public override string Apply(string x, WeightPart part, bool bias) =>
        bias && HasBias ? Again(x, Part(_weight, part), Part(Node.Input(2), part)) : Again(x, Part(_weight, part));

    public override string Transpose(string s, WeightPart part)
    {
        string wide = Node.Emit.Node(
            "Conv", [s, Part(_weight, part)],
            conv => conv.SetWindow(_window, _window.ExplicitPads!).Set("group", Node.Node.GetInt("group", 1)));
        // An output padding of the stride or more makes the convolution see windows that no input cell wrote
        return Array.Exists(_window.OutputPadding, padding => padding > 0)
            ? Node.Emit.CropLike(wide, Node.Input(0), GraphEmitter.Axes(2, 2 + _window.Axes))
            : wide;
    }

    public override string Bias(WeightPart part) => PerChannel(Part(Node.Input(2), part), _window.Axes + 2);
}

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

    private static (float[] Values, long[] Shape) Times(OnnxTensor constant, float factor)
    {
        float[] values = new float[constant.Count];
        TensorPrimitives.Multiply(constant.Floats, factor, values);
        return (values, [.. constant.Shape]);
    }
}

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

    public override string Transpose(string s, WeightPart part) =>
        Product(s, Node.Emit.TransposedMatrix(Node.Graph.Constant(Part(_weight, part))!));

    public override string Bias(WeightPart part) => Part(BiasTensor, part);

    private string Product(string data, string weight) => Data == 0 ? Node.Emit.MatMul(data, weight) : Node.Emit.MatMul(weight, data);
}

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
