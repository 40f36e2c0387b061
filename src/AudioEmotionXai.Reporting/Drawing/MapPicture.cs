namespace AudioEmotionXai.Reporting;

/// <summary>A picture of palette entries, rows from the top: a map with its highest frequency on top, or a colour bar.</summary>
internal sealed record MapPicture(int Width, int Height, byte[] Entries, Rgb[] Palette)
{
    /// <summary>One square of pixels per cell.</summary>
    /// <param name="map">The values.</param>
    /// <param name="scale">Their colours.</param>
    /// <param name="enlargement">Pixels per cell along each axis, at least 1.</param>
    public static MapPicture From(TimeFrequencyMap map, ColorScale scale, int enlargement = 1)
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

        return new MapPicture(width, height, pixels, [.. scale.Map.Table, ColorMap.NotFinite]);
    }

    /// <summary>The same with the chosen cells in their colours and the others dimmed; every second colour.</summary>
    /// <param name="map">The values.</param>
    /// <param name="scale">Their colours.</param>
    /// <param name="lit">The cells that keep their colours.</param>
    public static MapPicture LitAndDimmed(TimeFrequencyMap map, ColorScale scale, TimeFrequencyMask lit)
    {
        const int Half = (ColorMap.Size + 1) / 2;
        MapPicture whole = From(map, scale);
        byte[] pixels = new byte[whole.Entries.Length];
        for (int y = 0; y < map.Bins; y++)
            for (int x = 0; x < map.Frames; x++)
            {
                bool isLit = lit.Span[((map.Bins - 1 - y) * map.Frames) + x];
                pixels[(y * map.Frames) + x] = (byte)((whole.Entries[(y * map.Frames) + x] / 2) + (isLit ? 0 : Half));
            }

        Rgb[] palette = [.. whole.Palette.Where((_, i) => i % 2 == 0).Take(Half)];
        return new MapPicture(whole.Width, whole.Height, pixels, [.. palette, .. palette.Select(color => color.Dimmed())]);
    }

    /// <summary>All colours of a map, the high end on top.</summary>
    public static MapPicture Bar(ColorMap map) =>
        new(1, ColorMap.Size, [.. Enumerable.Range(1, ColorMap.Size).Select(i => (byte)(ColorMap.Size - i))], map.Table.ToArray());

    /// <summary>The picture as the bytes of a PNG file.</summary>
    public byte[] ToPng() => PngWriter.Encode(Width, Height, PngColor.Indexed, Entries, Palette);
}
