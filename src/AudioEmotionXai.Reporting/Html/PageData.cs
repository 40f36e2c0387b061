using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AudioEmotionXai.Reporting;

/// <summary>What the page's program reads: colours, axes, and every clip's maps and sounds.</summary>
internal sealed record PageData(Dictionary<string, IEnumerable<string>> Colours, AxesData Axes, IEnumerable<ClipData> Clips)
{
    private static readonly ColorMap[] s_maps = [ColorMap.Spectrogram, ColorMap.Sequential, ColorMap.Diverging];

    /// <summary>The data of a page, fit to stand in a script element.</summary>
    public static string Write(ReportPage page) => JsonSerializer.Serialize(
        new PageData(
            s_maps.ToDictionary(map => map.Name, map => map.Table.ToArray().Select(colour => colour.ToHex())),
            new AxesData(
                page.Axes?.FirstFrameSeconds ?? 0, page.Axes?.SecondsPerFrame ?? 1,
                page.Axes?.BinCentres.ToArray().Select(hertz => Math.Round(hertz, 2))),
            page.Clips.Select(ClipData.From)),
        PageContext.Default.PageData);
}

internal sealed record AxesData(double First, double Step, IEnumerable<double>? Hertz);

internal sealed record ClipData(int Bins, int Frames, LayerData Spectrogram, IEnumerable<LayerData> Maps, SoundData? Sound)
{
    public static ClipData From(PageClip clip)
    {
        ClipFigure figure = clip.Figure;
        TimeFrequencyMap spectrogram = figure.Spectrogram;
        return new ClipData(
            spectrogram.Bins, spectrogram.Frames,
            LayerData.From("spectrogram", figure.SpectrogramUnit, spectrogram, ColorScale.ForSpectrogram(spectrogram)),
            figure.Maps.Select(map => LayerData.From(map.Title, map.Unit, map.Map, ColorScale.ForRelevance(map.Map))),
            clip.Sound is null ? null : SoundData.From(clip.Sound, clip.Shown));
    }
}

/// <summary>
/// A map: 16 bits per cell over the range of its finite values, so that the read-out under the pointer is right to a 65534th of the range;
/// the last step means not finite.
/// </summary>
internal sealed record LayerData(
    string Name, string Unit, string Colours, bool Signed, float Low, float High, float Min, float Max, byte[] Values)
{
    private const int Steps = 65534;
    private const ushort NotFinite = 65535;

    public static LayerData From(string name, string unit, TimeFrequencyMap map, ColorScale scale)
    {
        (float min, float max) = Range(map.Span);
        return new LayerData(
            name, unit, scale.Map.Name, scale.Map.IsDiverging, scale.Low, scale.High, min, max, Pack(map.Span, min, max));
    }

    private static byte[] Pack(ReadOnlySpan<float> values, float min, float max)
    {
        byte[] bytes = new byte[2 * values.Length];
        double factor = max > min ? Steps / ((double)max - min) : 0;
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(
                bytes.AsSpan(2 * i),
                float.IsFinite(values[i]) ? (ushort)Math.Round(factor * ((double)values[i] - min)) : NotFinite);
        return bytes;
    }

    private static (float Min, float Max) Range(ReadOnlySpan<float> values)
    {
        float min = float.PositiveInfinity, max = float.NegativeInfinity;
        foreach (float value in values)
            if (float.IsFinite(value))
                (min, max) = (Math.Min(min, value), Math.Max(max, value));
        return min <= max ? (min, max) : (0, 0);
    }
}

/// <summary>
/// The sounds of a clip: each WAV file once, and for every map which of them are its takes and which cells they leave out, a bit per cell.
/// </summary>
internal sealed record SoundData(double Seconds, IReadOnlyList<SetData> Sets, IReadOnlyList<ReadOnlyMemory<byte>> Files)
{
    /// <param name="sound">The sounds.</param>
    /// <param name="shown">The classes whose probability the page shows.</param>
    public static SoundData From(PageSound sound, int[] shown)
    {
        List<ReadOnlyMemory<byte>> files = [];
        SetData[] sets =
        [
            .. sound.Heard.Select(pair => new SetData(pair.Key, [.. pair.Value.Sounds.Select(take => new TakeData(
                PlaceOf(take.Wav, files),
                [.. shown.Select(label => Math.Round(take.Prediction.Values.Span[label], 4))],
                Silenced(pair.Value, take.Kind)))])),
        ];
        return new SoundData(sound.Heard.Count > 0 ? sound.Heard[0].Value.Seconds : 0, sets, files);
    }

    /// <summary>The clip itself is the same under every map, unless one had to be turned down.</summary>
    private static int PlaceOf(ReadOnlyMemory<byte> file, List<ReadOnlyMemory<byte>> files)
    {
        int place = files.FindIndex(known => known.Span.SequenceEqual(file.Span));
        if (place >= 0)
            return place;
        files.Add(file);
        return files.Count - 1;
    }

    private static byte[]? Silenced(AudibleExplanation heard, SoundKind kind) => kind switch
    {
        SoundKind.Important => Pack(heard.ImportantMask, chosen: false),
        SoundKind.WithoutImportant => Pack(heard.ImportantMask, chosen: true),
        SoundKind.WithoutRandom => Pack(heard.RandomMask, chosen: true),
        _ => null,
    };

    private static byte[] Pack(TimeFrequencyMask mask, bool chosen)
    {
        ReadOnlySpan<bool> cells = mask.Span;
        byte[] bits = new byte[(cells.Length + 7) / 8];
        for (int cell = 0; cell < cells.Length; cell++)
            if (cells[cell] == chosen)
                bits[cell >> 3] |= (byte)(1 << (cell & 7));
        return bits;
    }
}

internal sealed record SetData(int Map, TakeData[] Takes);

internal sealed record TakeData(int File, double[] Odds, byte[]? Silenced);

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PageData))]
internal sealed partial class PageContext : JsonSerializerContext;
