using System.Collections.Frozen;

namespace AudioEmotionXai.Backward.Gradients;

/// <summary>The gradient rule of every operator.</summary>
internal static partial class GradientTable
{
    public static FrozenDictionary<string, GradientRule> Rules { get; } = new Dictionary<string, GradientRule>
    {
        ["Conv"] = new ConvolutionGradient(),
        ["Relu"] = new ReluGradient(),
        ["Add"] = new AddGradient(),
        ["Gemm"] = new GemmGradient(),
        ["Flatten"] = new RearrangingGradient(),
        ["Reshape"] = new RearrangingGradient(),
        ["GlobalAveragePool"] = new GlobalAveragePoolGradient(),
        ["MaxPool"] = new MaxPoolGradient(),
    }.ToFrozenDictionary();
}
