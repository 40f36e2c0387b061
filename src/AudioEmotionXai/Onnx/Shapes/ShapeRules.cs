using System.Collections.Frozen;

namespace AudioEmotionXai;

/// <summary>The shape rule of every operator that shape inference knows; the rules stand in a file per family.</summary>
internal static partial class ShapeRules
{
    public static FrozenDictionary<string, Action<ShapeContext>> Table { get; } = Build();

    private static FrozenDictionary<string, Action<ShapeContext>> Build()
    {
        Dictionary<string, Action<ShapeContext>> rules = [];
        Register(
            rules, SameAsFirst, "Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Celu", "ThresholdedRelu", "Sigmoid", "HardSigmoid",
            "HardSwish", "Tanh", "Softplus", "Softsign", "Erf", "Gelu", "Mish", "Swish", "Neg", "Sqrt", "Exp", "Log", "Abs", "Sign",
            "Reciprocal", "Floor", "Ceil", "Round", "Sin", "Cos", "Clip", "Identity", "Dropout", "Softmax", "LogSoftmax",
            "BatchNormalization", "InstanceNormalization", "LayerNormalization", "GroupNormalization", "LpNormalization", "LRN", "CumSum",
            "ScatterElements", "ScatterND", "Trilu", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Cosh", "Sinh", "Tan", "Shrink",
            "Hardmax", "ReverseSequence", "RMSNormalization", "MeanVarianceNormalization");
        Register(rules, Broadcast, "Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Sum", "Mean", "Mod");
        Register(rules, Compare, "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Xor");
        Register(rules, context => context.Set(0, OnnxElementType.Bool, context.Shape(0)), "Not", "IsNaN", "IsInf");
        Register(rules, Where, "Where");
        Register(rules, Conv, "Conv");
        Register(rules, ConvTranspose, "ConvTranspose");
        Register(rules, Pool, "MaxPool", "AveragePool", "LpPool");
        Register(rules, GlobalPool, "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool");
        Register(rules, Gemm, "Gemm");
        Register(rules, MatMul, "MatMul");
        Register(rules, Recurrent, "LSTM", "GRU", "RNN");
        Register(rules, Scan, "Scan");
        Register(rules, Loop, "Loop");
        Register(rules, If, "If");
        Register(
            rules, Reduce, "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceProd", "ReduceSumSquare",
            "ReduceLogSum", "ReduceLogSumExp");
        Register(rules, Arg, "ArgMax", "ArgMin");
        Register(rules, Flatten, "Flatten");
        Register(rules, Reshape, "Reshape");
        Register(rules, Transpose, "Transpose");
        Register(rules, Squeeze, "Squeeze");
        Register(rules, Unsqueeze, "Unsqueeze");
        Register(rules, Concat, "Concat");
        Register(rules, Split, "Split");
        Register(rules, Slice, "Slice");
        Register(rules, Pad, "Pad");
        Register(rules, Gather, "Gather");
        Register(rules, context => context.Set(context.Shape(1)), "GatherElements");
        Register(rules, GatherNd, "GatherND");
        Register(rules, TopK, "TopK");
        Register(rules, Expand, "Expand");
        Register(rules, Tile, "Tile");
        Register(rules, Resize, "Resize", "Upsample");
        Register(rules, DepthToSpace, "DepthToSpace");
        Register(rules, SpaceToDepth, "SpaceToDepth");
        Register(rules, Cast, "Cast", "CastLike");
        Register(rules, Shape, "Shape");
        Register(rules, Size, "Size");
        Register(rules, Constant, "Constant");
        Register(rules, ConstantOfShape, "ConstantOfShape");
        Register(rules, Range, "Range");
        Register(rules, OneHot, "OneHot");
        return rules.ToFrozenDictionary();
    }

    private static void Register(
        Dictionary<string, Action<ShapeContext>> rules, Action<ShapeContext> rule, params ReadOnlySpan<string> operators)
    {
        foreach (string name in operators)
            rules.Add(name, rule);
    }
}
