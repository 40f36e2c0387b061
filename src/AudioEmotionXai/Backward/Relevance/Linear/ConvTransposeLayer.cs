namespace AudioEmotionXai;

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
        string wide = Node.Emit.Node("Conv", [s, Part(_weight, part)], conv => conv
            .Set("kernel_shape", _window.Kernel).Set("strides", _window.Strides).Set("dilations", _window.Dilations)
            .Set("pads", _window.ExplicitPads!).Set("group", Node.Node.GetInt("group", 1)));
        // An output padding of the stride or more makes the convolution see windows that no input cell wrote
        return Array.Exists(_window.OutputPadding, padding => padding > 0)
            ? Node.Emit.CropLike(wide, Node.Input(0), [.. Enumerable.Range(2, _window.Axes).Select(axis => (long)axis)])
            : wide;
    }

    public override string Bias(WeightPart part) => PerChannel(Part(Node.Input(2), part), _window.Axes + 2);
}
