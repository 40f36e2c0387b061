namespace AudioEmotionXai.Reporting;

/// <summary>A single map as a picture without text: for thumbnails, and for the maps in the report's folder.
/// <see cref="ClipFigure"/> has axes.</summary>
public static class MapImage
{
    /// <summary>A relevance map as the bytes of a PNG file, highest frequency on top.</summary>
    /// <param name="map">Raw values; scaled here as <see cref="ClipFigure"/> says.</param>
    /// <param name="enlargement">Pixels per cell along each axis, at least 1. Default 4.</param>
    public static byte[] ToPng(TimeFrequencyMap map, int enlargement = 4)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapPicture.From(map, ColorScale.ForRelevance(map), enlargement).ToPng();
    }

    /// <summary>A spectrogram as the bytes of a PNG file, highest frequency on top.</summary>
    /// <param name="spectrogram">Values in any unit; the darkest colour is the smallest one.</param>
    /// <param name="enlargement">Pixels per cell along each axis, at least 1. Default 4.</param>
    public static byte[] SpectrogramToPng(TimeFrequencyMap spectrogram, int enlargement = 4)
    {
        ArgumentNullException.ThrowIfNull(spectrogram);
        return MapPicture.From(spectrogram, ColorScale.ForSpectrogram(spectrogram), enlargement).ToPng();
    }
}
