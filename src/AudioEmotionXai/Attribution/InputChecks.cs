using System.Globalization;

namespace AudioEmotionXai;

/// <summary>Refuses, before any work starts, a batch that the model cannot take.</summary>
internal static class InputChecks
{
    public static void ThrowIfUnfit(AudioClassifier model, FloatTensor input)
    {
        model.CheckInput(input);
        int bad = FiniteCheck.IndexOfNotFinite(input.Span);
        if (bad >= 0)
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The input {input} holds {input.Span[bad]} at position {bad}; every value must be finite."),
                nameof(input));
    }
}
