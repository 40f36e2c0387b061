using System.Diagnostics.CodeAnalysis;

namespace AudioEmotionXai;

/// <summary>Finds how features fit a model's input.</summary>
internal static class FrontEndFit
{
    private static readonly InputLayout[] s_planes =
        [.. new[] { "n c f t", "n c t f", "n f t c", "n t f c", "n f t", "n t f" }.Select(InputLayout.Parse)];

    private static readonly InputLayout[] s_samples = [.. new[] { "n s", "n c s" }.Select(InputLayout.Parse)];

    public static bool TryFit(
        FrontEnd frontEnd, IReadOnlyList<int> shape, [NotNullWhen(true)] out FrontEnd? fitted, [NotNullWhen(true)] out InputLayout? layout)
    {
        InputLayout[] fitting = [.. (frontEnd.GivesSamples ? s_samples : s_planes).Where(one => Fits(frontEnd, shape, one))];
        layout = fitting.FirstOrDefault(one => HasLength(frontEnd, shape[TimeOf(one)])) ?? fitting.FirstOrDefault();
        fitted = layout is null ? null : WithLength(frontEnd, shape[TimeOf(layout)]);
        return fitted is not null;
    }

    private static bool Fits(FrontEnd frontEnd, IReadOnlyList<int> shape, InputLayout layout)
    {
        if (shape.Count != layout.Axes.Count)
            return false;
        int channels = layout.IndexOf(InputAxis.Channels), bins = layout.IndexOf(InputAxis.Frequency), length = shape[TimeOf(layout)];
        return (channels < 0 || shape[channels] is 1 or -1)
            // A free axis is one of bins only where nothing speaks against it
            && (bins < 0 || shape[bins] == frontEnd.Bins || (shape[bins] == -1 && (length == -1 || HasLength(frontEnd, length))))
            && (length == -1 || HasLength(frontEnd, length) || frontEnd is not LogMelFrontEnd { AnyLength: false });
    }

    private static bool HasLength(FrontEnd frontEnd, int length) => frontEnd.SampleCount is { } count && frontEnd.LengthOf(count) == length;

    private static FrontEnd WithLength(FrontEnd frontEnd, int length) =>
        length >= 0 ? HasLength(frontEnd, length) ? frontEnd : frontEnd.WithLength(length)
        : frontEnd is LogMelFrontEnd ? frontEnd
        : frontEnd.WithLength(null);

    private static int TimeOf(InputLayout layout) => Math.Max(layout.IndexOf(InputAxis.Time), layout.IndexOf(InputAxis.Samples));
}
