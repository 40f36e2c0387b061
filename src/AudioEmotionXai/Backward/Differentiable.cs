namespace AudioEmotionXai;

/// <summary>Which inputs of an operator carry a signal at all: shapes, indices and conditions do not.</summary>
internal static class Differentiable
{
    /// <summary>
    /// The inputs through which the node's outputs depend smoothly on earlier tensors, those that graphs inside it read included.
    /// Rounding has a derivative of 0 wherever it has one, so nothing passes it.
    /// </summary>
    public static IEnumerable<string> Inputs(OnnxNode node) =>
        SignalMarks.IsConstant(node) ? [] : SignalMarks.PassesStraight(node) ? node.Inputs.Take(1) : node.OpType switch
        {
            "Shape" or "Size" or "ConstantOfShape" or "EyeLike" or "ArgMax" or "ArgMin" or "NonZero" or "RandomNormalLike"
            or "RandomUniformLike" => [],
            "Equal" or "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual" or "And" or "Or" or "Not" or "Xor" or "IsNaN" or "IsInf" =>
            [],
            "Floor" or "Ceil" or "Round" or "Sign" => [],
            "Where" => node.Inputs.Skip(1),
            "Reshape" or "Expand" or "Tile" or "Slice" or "Resize" or "Upsample" or "Squeeze" or "Unsqueeze" or "Gather"
            or "GatherElements" or "Split" or "Dropout" or "CastLike" or "CumSum" or "TopK" or "ReduceMean" or "ReduceSum"
            or "ReduceMax" or "ReduceMin" or "ReduceL2" or "ReduceL1" or "ReduceProd" or "ReduceSumSquare" or "ReduceLogSum"
            or "ReduceLogSumExp" or "GatherND" or "Trilu" or "ReverseSequence" => node.Inputs.Take(1),
            "ScatterND" or "ScatterElements" => node.Inputs.Where((_, input) => input != 1),
            _ => node.Inputs.Concat(node.OuterReferences()),
        };
}
