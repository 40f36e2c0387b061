using AudioEmotionXai.Onnx;

namespace AudioEmotionXai.Backward;

/// <summary>Which inputs of an operator carry a signal at all: shapes, indices and conditions do not.</summary>
internal static class Differentiable
{
    /// <summary>The inputs through which the node's outputs depend smoothly on earlier tensors.</summary>
    public static IEnumerable<string> Inputs(OnnxNode node) => node.OpType switch
    {
        "Shape" or "Size" or "ConstantOfShape" or "Range" or "ArgMax" or "ArgMin" or "NonZero" or "OneHot" or "RandomNormalLike" => [],
        "Equal" or "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual" or "And" or "Or" or "Not" or "Xor" or "IsNaN" or "IsInf" => [],
        "Where" => node.Inputs.Skip(1),
        "Reshape" or "Expand" or "Tile" or "Slice" or "Pad" or "Resize" or "Squeeze" or "Unsqueeze" or "Gather" or "Split" or "Clip" or "Dropout" or "Upsample" or "CumSum" or "GatherElements"
            or "ReduceMean" or "ReduceSum" or "ReduceMax" or "ReduceMin" or "ReduceL2" or "ReduceL1" or "ReduceProd" or "ReduceSumSquare" or "ReduceLogSum" or "ReduceLogSumExp" or "TopK" => node.Inputs.Take(1),
        _ => node.Inputs,
    };
}
