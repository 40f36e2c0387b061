using System.Text.Json;

namespace AudioEmotionXai.Reporting;

/// <summary>
/// Writes the sounds of a clip into the page's data: each WAV file once, and for every map which of them are its takes and which cells they
/// leave out, a bit per cell.
/// </summary>
internal static class SoundData
{
    /// <summary>Writes the member <c>sound</c>.</summary>
    public static void Write(Utf8JsonWriter json, PageSound sound)
    {
        List<ReadOnlyMemory<byte>> files = [];
        json.WriteStartObject("sound");
        json.WriteNumber("seconds", sound.Heard.Count > 0 ? sound.Heard[0].Value.Seconds : 0);
        json.WriteStartArray("sets");
        foreach ((int map, AudibleExplanation heard) in sound.Heard)
            WriteSet(json, map, heard, files);
        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (ReadOnlyMemory<byte> file in files)
            json.WriteBase64StringValue(file.Span);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSet(Utf8JsonWriter json, int map, AudibleExplanation heard, List<ReadOnlyMemory<byte>> files)
    {
        json.WriteStartObject();
        json.WriteNumber("map", map);
        json.WriteStartArray("takes");
        foreach (HeardSound take in heard.Sounds)
        {
            json.WriteStartObject();
            json.WriteNumber("file", PlaceOf(take.Wav, files));
            json.WriteStartArray("odds");
            foreach (float probability in take.Prediction.Probabilities.Span)
                json.WriteNumberValue(Math.Round(probability, 4));
            json.WriteEndArray();
            if (Silenced(heard, take.Kind) is { } silenced)
                json.WriteBase64String("silenced", silenced);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
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
