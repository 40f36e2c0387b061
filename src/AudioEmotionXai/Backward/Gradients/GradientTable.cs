using System.Collections.Frozen;

namespace AudioEmotionXai;

/// <summary>The gradient rule of every operator.</summary>
internal static class GradientTable
{
    /// <summary>The rules by operator type of the standard domain.</summary>
    public static FrozenDictionary<string, BackwardRule> Rules { get; } = new Dictionary<string, BackwardRule>
    {
        // Functions of single cells, by their derivatives
        { "Abs", PointwiseGradients.From((_, emit, x, _) => emit.Sign(x)) },
        { "Acos", PointwiseGradients.From((_, emit, x, _) => emit.Neg(PointwiseGradients.OfArcsine(emit, x))) },
        {
            "Acosh",
            PointwiseGradients.From((_, emit, x, _) => emit.Reciprocal(emit.Sqrt(emit.Mul(emit.Shift(x, 1), emit.Shift(x, -1)))))
        },
        { "Asin", PointwiseGradients.From((_, emit, x, _) => PointwiseGradients.OfArcsine(emit, x)) },
        { "Asinh", PointwiseGradients.From((_, emit, x, _) => emit.Reciprocal(emit.Sqrt(emit.Shift(emit.Square(x), 1)))) },
        { "Atan", PointwiseGradients.From((_, emit, x, _) => emit.Reciprocal(emit.Shift(emit.Square(x), 1))) },
        { "Atanh", PointwiseGradients.From((_, emit, x, _) => emit.Reciprocal(emit.Complement(emit.Square(x)))) },
        { "Celu", PointwiseGradients.From(PointwiseGradients.Celu) },
        { "Clip", PointwiseGradients.Clip },
        { "Cos", PointwiseGradients.From((_, emit, x, _) => emit.Neg(emit.Node("Sin", [x]))) },
        { "Cosh", PointwiseGradients.From((_, emit, x, _) => emit.Node("Sinh", [x])) },
        { "Elu", PointwiseGradients.From(PointwiseGradients.Elu) },
        { "Erf", PointwiseGradients.From(PointwiseGradients.Erf) },
        { "Exp", PointwiseGradients.From((_, _, _, y) => y) },
        { "Gelu", PointwiseGradients.From(PointwiseGradients.Gelu) },
        { "HardSigmoid", PointwiseGradients.From(PointwiseGradients.HardSigmoid) },
        { "HardSwish", PointwiseGradients.From(PointwiseGradients.HardSwish) },
        { "LeakyRelu", PointwiseGradients.From(PointwiseGradients.LeakyRelu) },
        { "Log", PointwiseGradients.From((_, emit, x, _) => emit.Reciprocal(x)) },
        { "Mish", PointwiseGradients.From(PointwiseGradients.Mish) },
        { "Neg", node => node.Send(0, node.Emit.Neg(node.Signal)) },
        { "PRelu", PointwiseGradients.PRelu },
        { "Reciprocal", PointwiseGradients.From((_, emit, _, y) => emit.Neg(emit.Square(y))) },
        { "Relu", PointwiseGradients.Relu },
        { "Selu", PointwiseGradients.From(PointwiseGradients.Selu) },
        { "Sigmoid", PointwiseGradients.From((_, emit, _, y) => emit.Mul(y, emit.Complement(y))) },
        {
            "Shrink",
            PointwiseGradients.From(
                (node, emit, x, _) => emit.ToFloat(emit.Greater(emit.Abs(x), emit.Scalar(node.Node.GetFloat("lambd", 0.5f)))))
        },
        { "Sin", PointwiseGradients.From((_, emit, x, _) => emit.Node("Cos", [x])) },
        { "Sinh", PointwiseGradients.From((_, emit, x, _) => emit.Node("Cosh", [x])) },
        { "Softplus", PointwiseGradients.From((_, emit, x, _) => emit.Sigmoid(x)) },
        { "Softsign", PointwiseGradients.From((_, emit, x, _) => emit.Reciprocal(emit.Square(emit.Shift(emit.Abs(x), 1)))) },
        { "Sqrt", PointwiseGradients.From((_, emit, _, y) => emit.WherePositive(y, emit.Div(emit.Scalar(0.5f), y))) },
        { "Swish", PointwiseGradients.From(PointwiseGradients.Swish) },
        { "Tan", PointwiseGradients.From((_, emit, _, y) => emit.Shift(emit.Square(y), 1)) },
        { "Tanh", PointwiseGradients.From((_, emit, _, y) => emit.Complement(emit.Square(y))) },
        {
            "ThresholdedRelu",
            PointwiseGradients.From(
                (node, emit, x, _) => emit.ToFloat(emit.Greater(x, emit.Scalar(node.Node.GetFloat("alpha", 1)))))
        },

        // Arithmetic on several tensors
        { "Add", ArithmeticGradients.Sum },
        { "Div", ArithmeticGradients.Div },
        { "Max", ArithmeticGradients.Extreme },
        { "Mean", ArithmeticGradients.Mean },
        { "Min", ArithmeticGradients.Extreme },
        { "Mul", ArithmeticGradients.Mul },
        { "Pow", ArithmeticGradients.Pow },
        { "Sub", ArithmeticGradients.Sub },
        { "Sum", ArithmeticGradients.Sum },
        { "Where", ArithmeticGradients.Where },

        // Reductions, by what each cell gets of its result's gradient
        { "ReduceL1", ReductionGradients.From((node, emit, signal, _, _) => emit.Mul(signal, emit.Sign(node.Input(0)))) },
        { "ReduceL2", ReductionGradients.From(ReductionGradients.L2) },
        {
            "ReduceLogSum",
            ReductionGradients.From((node, emit, signal, y, _) => emit.ExpandLike(emit.Mul(signal, emit.Exp(emit.Neg(y))), node.Input(0)))
        },
        {
            "ReduceLogSumExp",
            ReductionGradients.From((node, emit, signal, y, _) => emit.Mul(signal, emit.Exp(emit.Sub(node.Input(0), y))))
        },
        { "ReduceMax", ReductionGradients.From(ReductionGradients.Extreme) },
        { "ReduceMean", ReductionGradients.From(ReductionGradients.Mean) },
        { "ReduceMin", ReductionGradients.From(ReductionGradients.Extreme) },
        { "ReduceProd", ReductionGradients.From(ReductionGradients.Product) },
        { "ReduceSum", ReductionGradients.From((node, emit, signal, _, _) => emit.ExpandLike(signal, node.Input(0))) },
        { "ReduceSumSquare", ReductionGradients.From((node, emit, signal, _, _) => emit.Mul(emit.Scale(signal, 2), node.Input(0))) },

        { "BatchNormalization", NormalizationGradients.Batch },
        { "GroupNormalization", NormalizationGradients.Group },
        { "InstanceNormalization", NormalizationGradients.Instance },
        { "LayerNormalization", NormalizationGradients.Layer },
        { "LogSoftmax", NormalizationGradients.LogSoftmax },
        { "LpNormalization", NormalizationGradients.Lp },
        { "LRN", LocalResponseGradient.Emit },
        { "Softmax", NormalizationGradients.Softmax },

        { "AveragePool", PoolGradients.Average },
        { "GlobalAveragePool", PoolGradients.GlobalAverage },
        { "GlobalMaxPool", PoolGradients.GlobalMax },
        { "MaxPool", PoolGradients.Max },

        { "Conv", ConvolutionGradients.Conv },
        { "ConvTranspose", ConvolutionGradients.ConvTranspose },
        { "Gemm", GemmGradient.Emit },
        { "MatMul", MatMulGradient.Emit },

        { "GRU", GruGradient.Emit },
        { "LSTM", LstmGradient.Emit },
        { "RNN", RnnGradient.Emit },

        { "If", IfGradient.Emit },
        { "Loop", LoopGradient.Emit },
        { "Scan", ScanGradient.Emit },

        { "Cast", RearrangingGradients.Identity },
        { "CastLike", RearrangingGradients.Identity },
        { "Concat", RearrangingGradients.Concat },
        { "CumSum", RearrangingGradients.CumSum },
        { "DepthToSpace", RearrangingGradients.DepthToSpace },
        { "Dropout", RearrangingGradients.Identity },
        { "Expand", RearrangingGradients.Expand },
        { "Flatten", RearrangingGradients.Reshape },
        { "Gather", GatherGradient.Emit },
        { "GatherElements", GatherElementsGradient.Emit },
        { "GatherND", ScatterGradients.GatherNd },
        { "Identity", RearrangingGradients.Identity },
        { "Pad", PadGradient.Emit },
        { "Reshape", RearrangingGradients.Reshape },
        { "Resize", ResizeGradient.Emit },
        { "ReverseSequence", ScatterGradients.ReverseSequence },
        { "ScatterElements", ScatterGradients.ScatterElements },
        { "ScatterND", ScatterGradients.ScatterNd },
        { "Slice", SliceGradient.Emit },
        { "SpaceToDepth", RearrangingGradients.SpaceToDepth },
        { "Split", RearrangingGradients.Split },
        { "Squeeze", RearrangingGradients.Reshape },
        { "Tile", RearrangingGradients.Tile },
        { "TopK", ScatterGradients.TopK },
        { "Transpose", RearrangingGradients.Transpose },
        { "Trilu", ScatterGradients.Trilu },
        { "Unsqueeze", RearrangingGradients.Reshape },
    }.ToFrozenDictionary();
}
