using System.Collections.Frozen;

namespace AudioEmotionXai;

/// <summary>The family of every operator that relevance passes.</summary>
internal static class OperatorFamilies
{
    private static readonly FrozenDictionary<string, OperatorFamily> s_families = new Dictionary<OperatorFamily, string>
    {
        [OperatorFamily.Convolution] = "Conv ConvTranspose",
        [OperatorFamily.Dense] = "Gemm MatMul",
        [OperatorFamily.Normalization] = "BatchNormalization",
        [OperatorFamily.Sum] = "Add Sub Sum Mean AveragePool GlobalAveragePool ReduceMean ReduceSum Resize Upsample",
        [OperatorFamily.Route] = "Flatten Reshape Squeeze Unsqueeze Transpose Concat Slice Split Pad Expand Tile Gather GatherElements "
            + "GatherND ScatterElements ScatterND TopK Trilu ReverseSequence "
            + "DepthToSpace SpaceToDepth MaxPool GlobalMaxPool ReduceMax ReduceMin Max Min Where",
        [OperatorFamily.Pass] = "Relu LeakyRelu PRelu Elu Selu Celu ThresholdedRelu Sigmoid HardSigmoid HardSwish Tanh Softplus Softsign "
            + "Gelu Mish Swish Clip Dropout Identity Cast Neg Abs LayerNormalization InstanceNormalization GroupNormalization "
            + "LpNormalization LRN Shrink",
        [OperatorFamily.Gate] = "Mul Div",
        [OperatorFamily.Square] = "ReduceSumSquare",
    }
        .SelectMany(family => family.Value.Split(' '), (family, name) => KeyValuePair.Create(name, family.Key))
        .ToFrozenDictionary();

    public static IEnumerable<string> Supported => s_families.Keys.Where(name => Of(name) is not OperatorFamily.None);

    /// <summary>The family of an operator; none where its way back borrows a gradient that there is not.</summary>
    public static OperatorFamily Of(string opType)
    {
        OperatorFamily family = s_families.GetValueOrDefault(opType);
        return family is OperatorFamily.Sum or OperatorFamily.Route or OperatorFamily.Square && !GradientTable.Rules.ContainsKey(opType)
            ? OperatorFamily.None
            : family;
    }

    /// <summary>What to do about an operator without a rule.</summary>
    public static string AdviceFor(string opType) =>
        opType switch
        {
            "LSTM" or "GRU" or "RNN" or "Attention" or "MultiHeadAttention" =>
                "a sensible choice is a method that needs no rules, such as occlusion or lime",
            "Softmax" or "LogSoftmax" =>
                "inside a network it is mostly a gate, which gets no relevance; a sensible choice for it as a layer is the gradient method",
            "Pow" or "Exp" or "Log" or "Sqrt" or "Reciprocal" or "Erf" or "Sin" or "Cos" =>
                "a sensible choice is the pass rule, given to this node by RelevanceRules.With, where it serves as an activation",
            "Einsum" or "QLinearConv" or "ConvInteger" or "QLinearMatMul" or "MatMulInteger" =>
                "a sensible choice is to export the model in float32 with Conv, Gemm and MatMul",
            _ => "a sensible choice is the pass rule for an activation, or norm for a sum, given to this node by RelevanceRules.With",
        };
}

/// <summary>Operators that relevance passes in the same way.</summary>
internal enum OperatorFamily { None, Convolution, Dense, Normalization, Sum, Route, Pass, Gate, Square }
