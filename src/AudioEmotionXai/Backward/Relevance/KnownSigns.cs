namespace AudioEmotionXai;

/// <summary>
/// Which tensors can hold no negative value whatever the input is: activations that end at zero, and pools, sums, products and
/// rearrangements of such. Rules leave out the branches that negative inputs would need.
/// </summary>
internal sealed class KnownSigns
{
    private readonly HashSet<string> _nonNegative = [];
    private readonly OnnxModel _model;
    private readonly Dictionary<string, bool> _constants = [];

    private KnownSigns(OnnxModel model) => _model = model;

    public static KnownSigns Of(OnnxModel model)
    {
        KnownSigns signs = new(model);
        foreach (OnnxNode node in model.Nodes)
            if (node.Domain.Length == 0 && signs.Keeps(node))
                signs._nonNegative.UnionWith(node.Outputs);
        return signs;
    }

    public bool IsNonNegative(string tensor) => _nonNegative.Contains(tensor) || IsNonNegativeConstant(tensor);

    private bool Keeps(OnnxNode node) =>
        node.OpType switch
        {
            "Relu"
            or "Sigmoid"
            or "HardSigmoid"
            or "Softplus"
            or "Exp"
            or "Abs"
            or "Sqrt"
            or "Softmax"
            or "ReduceL1"
            or "ReduceL2"
            or "ReduceSumSquare" => true,
            "Clip" => StartsAtZero(node) || IsNonNegative(node.Inputs[0]),
            "Mul" => node.Inputs[0] == node.Inputs[1] || All(node, 2),
            "MatMul" => All(node, 2),
            "Max" => node.Inputs.Any(IsNonNegative),
            "Add" or "Sum" or "Mean" or "Concat" or "Min" or "Div" => All(node, node.Inputs.Count),
            "Pad" => IsNonNegative(node.Inputs[0]) && (!node.HasInput(2) || IsNonNegative(node.Inputs[2])),
            "MaxPool"
            or "AveragePool"
            or "LpPool"
            or "GlobalAveragePool"
            or "GlobalMaxPool"
            or "GlobalLpPool"
            or "ReduceMean"
            or "ReduceSum"
            or "ReduceMax"
            or "ReduceMin"
            or "Flatten"
            or "Reshape"
            or "Squeeze"
            or "Unsqueeze"
            or "Transpose"
            or "Slice"
            or "Split"
            or "Expand"
            or "Tile"
            or "Gather"
            or "GatherElements"
            or "DepthToSpace"
            or "SpaceToDepth"
            or "Identity"
            or "Dropout"
            or "LeakyRelu"
            or "Elu"
            or "Selu"
            or "Celu"
            or "HardSwish"
            or "Tanh"
            or "Gelu" => IsNonNegative(node.Inputs[0]),
            "Resize" or "Upsample" => IsNonNegative(node.Inputs[0])
                && node.GetString("mode", "nearest") is "nearest" or "linear"
                && node.GetString("coordinate_transformation_mode", "") is not "tf_crop_and_resize",
            _ => false,
        };

    private bool All(OnnxNode node, int count) => node.Inputs.Take(count).All(IsNonNegative);

    private bool StartsAtZero(OnnxNode node) =>
        node.GetFloat("min", -1) >= 0 || (node.HasInput(1) && IsNonNegativeConstant(node.Inputs[1]));

    private bool IsNonNegativeConstant(string tensor)
    {
        if (_constants.TryGetValue(tensor, out bool known))
            return known;
        bool holds =
            _model.Initializers.TryGetValue(tensor, out OnnxTensor? constant)
            && constant.IsFloatingPoint
            && Array.TrueForAll(constant.ToFloats(), value => value >= 0);
        return _constants[tensor] = holds;
    }
}
