using System.Buffers.Binary;
using System.Text.Json;

namespace AudioEmotionXai.Reporting;

/// <summary>
/// Writes a map into the page's data: 16 bits per cell over the range of its finite values, so that the read-out under the pointer is
/// right to a 65534th of the range; the last step means not finite.
/// </summary>
internal static class LayerData
{
    private const int Steps = 65534;
    private const ushort NotFinite = 65535;

    /// <summary>Writes one layer as a JSON object.</summary>
    public static void Write(Utf8JsonWriter json, string name, string unit, TimeFrequencyMap map, ColorScale scale)
    {
        (float min, float max) = Range(map.Span);
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("unit", unit);
        json.WriteString("colours", scale.Map.Name);
        json.WriteBoolean("signed", scale.Map.IsDiverging);
        json.WriteNumber("low", scale.Low);
        json.WriteNumber("high", scale.High);
        json.WriteNumber("min", min);
        json.WriteNumber("max", max);
        json.WriteBase64String("values", Pack(map.Span, min, max));
        json.WriteEndObject();
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
