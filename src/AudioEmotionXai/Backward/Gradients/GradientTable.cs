using System.Collections.Frozen;

namespace AudioEmotionXai;

/// <summary>The gradient rule of every operator, gathered at compile time from the rules that carry
/// <see cref="GradientOfAttribute"/>.</summary>
internal static partial class GradientTable
{
    public static FrozenDictionary<string, GradientRule> Rules { get; } = Registered().ToFrozenDictionary();

    private static partial Dictionary<string, GradientRule> Registered();
}
