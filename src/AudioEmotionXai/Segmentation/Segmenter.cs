using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AudioEmotionXai;

/// <summary>
/// A way to divide a map into segments. As text: <c>grid:8x12</c>, <c>time:20</c> (equal stretches of time, whole bins),
/// <c>slic:segments,compactness,sigma</c> (later ones may be left out), <c>content</c>, or the path of an .npy file with labels.
/// </summary>
[TextForm("grid:ROWSxCOLUMNS, time:STRETCHES, slic:SEGMENTS,COMPACTNESS,SIGMA, content, or an .npy file of labels")]
public abstract record Segmenter : IParsable<Segmenter>
{
    /// <summary>Everything that the segments depend on beside the map, as invariant text: segmenters that differ in anything differ here.
    /// Null (the default for one's own) keeps methods that use it out of verification, which must tell runs apart.</summary>
    protected internal virtual string? OptionsText => null;

    /// <summary>Divides a map.</summary>
    /// <param name="map">The spectrogram as the model sees it.</param>
    /// <returns>Segments of the map's size.</returns>
    public abstract SegmentMap Segment(TimeFrequencyMap map);

    /// <summary>The segmenter that a text names.</summary>
    /// <param name="s">Such as <c>grid:8x12</c>.</param>
    /// <param name="provider">Not used: numbers are always written with a point.</param>
    /// <exception cref="ArgumentException">The text names none; the message says what is possible.</exception>
    public static Segmenter Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out Segmenter? segmenter)
            ? segmenter
            : throw new ArgumentException(
                $"'{s}' names no segmentation; expected grid:ROWSxCOLUMNS, time:STRETCHES, slic:SEGMENTS,COMPACTNESS,SIGMA, content, or a "
                    + ".npy file.",
                nameof(s));
    }

    /// <summary>The segmenter that a text names, if it names one.</summary>
    /// <param name="s">Such as <c>grid:8x12</c>.</param>
    /// <param name="provider">Not used: numbers are always written with a point.</param>
    /// <param name="result">The segmenter.</param>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Segmenter result)
    {
        result = s switch
        {
            null => null,
            "content" => SlicSegmenter.Content,
            "grid" => new GridSegmenter(),
            "slic" => new SlicSegmenter(),
            _ when s.StartsWith("time:", StringComparison.Ordinal) =>
                Whole(s[5..], out int stretches) ? new TimeSegmenter(stretches) : null,
            _ when s.StartsWith("grid:", StringComparison.Ordinal) => ParseGrid(s[5..]),
            _ when s.StartsWith("slic:", StringComparison.Ordinal) => ParseSlic(s[5..]),
            _ when s.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) => new FileSegmenter(s),
            _ => null,
        };
        return result is not null;
    }

    private static GridSegmenter? ParseGrid(string text)
    {
        string[] parts = text.Split('x');
        return parts.Length == 2 && Whole(parts[0], out int rows) && Whole(parts[1], out int columns)
            ? new GridSegmenter { Rows = rows, Columns = columns }
            : null;
    }

    private static SlicSegmenter? ParseSlic(string text)
    {
        string[] parts = text.Split(',');
        SlicSegmenter slic = new();
        double compactness = slic.Compactness, sigma = slic.Sigma;
        if (parts.Length > 3 || !Whole(parts[0], out int segments))
            return null;
        if ((parts.Length > 1 && !Real(parts[1], out compactness)) || (parts.Length > 2 && !Real(parts[2], out sigma)))
            return null;
        return compactness > 0 && sigma >= 0 ? new SlicSegmenter { Segments = segments, Compactness = compactness, Sigma = sigma } : null;
    }

    private static bool Whole(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1;

    private static bool Real(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
