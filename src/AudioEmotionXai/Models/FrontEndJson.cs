using System.Text;
using System.Text.Json;

namespace AudioEmotionXai;

/// <summary>A <see cref="FrontEndContract"/> as JSON, property by property and strict in both directions.</summary>
internal static class FrontEndJson
{
    private static readonly NamedValues<SpectrumWindow> Windows = new(
        ("hann (periodic)", SpectrumWindow.HannPeriodic), ("hann (symmetric)", SpectrumWindow.HannSymmetric));
    private static readonly NamedValues<SignalPadding> Paddings = new(
        ("constant", SignalPadding.Zeros), ("reflect", SignalPadding.Reflect));
    private static readonly NamedValues<MelScale> Scales = new(("slaney", MelScale.Slaney), ("htk", MelScale.Htk));
    private static readonly NamedValues<MelNorm> Norms = new(("slaney", MelNorm.Slaney), ("none", MelNorm.None));
    private static readonly NamedValues<DecibelReference> References = new(
        ("max of the clip", DecibelReference.ClipMaximum), ("1", DecibelReference.One));

    /// <summary>Reads a contract.</summary>
    /// <exception cref="ModelFormatException">A property is missing, unknown, repeated or out of range.</exception>
    public static FrontEndContract Parse(string json, string source)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonProperties properties = new(document.RootElement, source);
            FrontEndContract contract = new(
                Options(properties), properties.Number("mean"), properties.Number("std"), properties.Texts("labels"));
            Check(contract, properties.Integers("shape"), source);
            properties.RefuseUnread();
            return contract;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new ModelFormatException($"{source}: is not JSON, or cut off: {failure.Message}", failure);
        }
    }

    /// <summary>Writes a contract in the order of <c>front_end.json</c>.</summary>
    public static string Write(FrontEndContract contract)
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            WriteOptions(writer, contract.Options);
            writer.WriteNumber("mean", contract.Mean);
            writer.WriteNumber("std", contract.StandardDeviation);
            WriteArray(writer, "shape", contract.Shape, writer.WriteNumberValue);
            WriteArray(writer, "labels", contract.Labels, writer.WriteStringValue);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.ToArray());
    }

    private static LogMelOptions Options(JsonProperties properties) => new()
    {
        SampleRate = properties.Integer("sample_rate"),
        Seconds = properties.Number("seconds"),
        FftSize = properties.Integer("n_fft"),
        HopLength = properties.Integer("hop_length"),
        Window = properties.Named("window", Windows),
        Center = properties.Flag("center"),
        Padding = properties.Named("pad_mode", Paddings),
        Power = properties.Number("power"),
        MelBins = properties.Integer("n_mels"),
        MelScale = properties.Named("mel_scale", Scales),
        MelNorm = properties.Named("mel_norm", Norms),
        MinimumFrequency = properties.Number("fmin"),
        MaximumFrequency = properties.Number("fmax"),
        Reference = properties.Named("db_ref", References),
        MinimumPower = properties.Number("db_amin"),
        TopDecibels = properties.NumberOrNull("top_db"),
    };

    private static void WriteOptions(Utf8JsonWriter writer, LogMelOptions options)
    {
        writer.WriteNumber("sample_rate", options.SampleRate);
        writer.WriteNumber("seconds", options.Seconds);
        writer.WriteNumber("n_fft", options.FftSize);
        writer.WriteNumber("hop_length", options.HopLength);
        writer.WriteString("window", Windows.NameOf(options.Window));
        writer.WriteBoolean("center", options.Center);
        writer.WriteString("pad_mode", Paddings.NameOf(options.Padding));
        writer.WriteNumber("power", options.Power);
        writer.WriteNumber("n_mels", options.MelBins);
        writer.WriteString("mel_scale", Scales.NameOf(options.MelScale));
        writer.WriteString("mel_norm", Norms.NameOf(options.MelNorm));
        writer.WriteNumber("fmin", options.MinimumFrequency);
        writer.WriteNumber("fmax", options.MaximumFrequency);
        writer.WriteString("db_ref", References.NameOf(options.Reference));
        writer.WriteNumber("db_amin", options.MinimumPower);
        writer.WriteFinite("top_db", options.TopDecibels);
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> values, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (T value in values)
            write(value);
        writer.WriteEndArray();
    }

    private static void Check(FrontEndContract contract, IReadOnlyList<int> shape, string source)
    {
        try
        {
            contract.Options.Validate();
        }
        catch (ArgumentException failure)
        {
            throw new ModelFormatException($"{source}: {failure.Message}", failure);
        }

        if (contract.StandardDeviation <= 0)
            throw new ModelFormatException(
                FormattableString.Invariant($"{source}: 'std' is {contract.StandardDeviation}; a number above 0 was expected."));
        if (!shape.SequenceEqual(contract.Shape))
            throw new ModelFormatException(
                $"{source}: 'shape' is ({string.Join(", ", shape)}), but the other properties give ({string.Join(", ", contract.Shape)}).");
        if (contract.Labels.Count == 0
            || contract.Labels.Any(string.IsNullOrWhiteSpace)
            || contract.Labels.Distinct(StringComparer.Ordinal).Count() != contract.Labels.Count)
            throw new ModelFormatException($"{source}: 'labels' must name each class once, but is [{string.Join(", ", contract.Labels)}].");
    }
}
