namespace AudioEmotionXai.Reporting;

/// <summary>Turns a map into a picture, highest frequency on top, one square of pixels per cell.</summary>
internal static class MapPicture
{
    /// <summary>A palette picture of the map as the bytes of a PNG file.</summary>
    /// <param name="map">The values.</param>
    /// <param name="scale">Their colours.</param>
    /// <param name="enlargement">Pixels per cell along each axis, at least 1.</param>
    public static byte[] ToPng(TimeFrequencyMap map, ColorScale scale, int enlargement = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(enlargement, 1);
        int width = map.Frames * enlargement, height = map.Bins * enlargement;
        byte[] pixels = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> row = map.Row(map.Bins - 1 - (y / enlargement));
            for (int x = 0; x < width; x++)
                pixels[(y * width) + x] = (byte)scale.IndexOf(row[x / enlargement]);
        }

        return PngWriter.Encode(width, height, PngColor.Indexed, pixels, [.. scale.Map.Table, ColorMap.NotFinite]);
    }

    /// <summary>Several maps of equal size side by side, with a gap between them, as the bytes of a PNG file.</summary>
    /// <param name="panels">The maps with their colours, at least one.</param>
    /// <param name="enlargement">Pixels per cell along each axis, at least 1.</param>
    /// <param name="gap">White pixels between two maps.</param>
    public static byte[] ToStrip(IReadOnlyList<(TimeFrequencyMap Map, ColorScale Scale)> panels, int enlargement = 2, int gap = 8)
    {
        ArgumentOutOfRangeException.ThrowIfZero(panels.Count, nameof(panels));
        int height = 0, width = -gap;
        foreach ((TimeFrequencyMap map, _) in panels)
            (height, width) = (Math.Max(height, map.Bins * enlargement), width + gap + (map.Frames * enlargement));
        byte[] pixels = new byte[3 * width * height];
        pixels.AsSpan().Fill(255);
        int left = 0;
        foreach ((TimeFrequencyMap map, ColorScale scale) in panels)
        {
            Paint(pixels, width, left, map, scale, enlargement);
            left += gap + (map.Frames * enlargement);
        }

        return PngWriter.Encode(width, height, PngColor.Rgb, pixels);
    }

    private static void Paint(byte[] pixels, int width, int left, TimeFrequencyMap map, ColorScale scale, int enlargement)
    {
        for (int y = 0; y < map.Bins * enlargement; y++)
        {
            ReadOnlySpan<float> row = map.Row(map.Bins - 1 - (y / enlargement));
            for (int x = 0; x < map.Frames * enlargement; x++)
            {
                int index = scale.IndexOf(row[x / enlargement]);
                Rgb colour = index < ColorMap.Size ? scale.Map.Table[index] : ColorMap.NotFinite;
                int at = 3 * ((y * width) + left + x);
                (pixels[at], pixels[at + 1], pixels[at + 2]) = (colour.Red, colour.Green, colour.Blue);
            }
        }
    }
}
