using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AudioEmotionXai;

/// <summary>A <see cref="FrontEndContract"/> as JSON, strict in both directions; every complaint names file and property.</summary>
internal static class FrontEndJson
{
    // Came later: files without them mean the defaults
    private static readonly string[] s_optional = ["win_length", "drop_last_frame", "remove_dc_offset", "preemphasis", "mel_slopes"];

    internal static readonly FrontEndContext Context = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = new FrontEndNames(),
            IgnoreReadOnlyProperties = true,
            RespectNullableAnnotations = true,
            WriteIndented = true,
            NewLine = "\n",
            Converters =
            {
                new FiniteDoubleConverter(),
                new NamedEnumConverter<SpectrumWindow>("hann (periodic)", "hann (symmetric)"),
                new NamedEnumConverter<SignalPadding>("constant", "reflect"),
                new NamedEnumConverter<MelScale>("slaney", "htk"),
                new NamedEnumConverter<MelSlopes>("hertz", "mel"),
                new NamedEnumConverter<MelNorm>("slaney", "none"),
                new NamedEnumConverter<DecibelReference>("max of the clip", "1"),
            },
        });

    /// <summary>Reads a contract.</summary>
    /// <exception cref="ModelFormatException">A property is missing, unknown, repeated or out of range.</exception>
    public static FrontEndContract Parse(string json, string source)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (FrontEndKindJson.HasKind(document.RootElement))
                return FrontEndKindJson.ParseContract(document.RootElement, source);
            ThrowIfUnknown(document.RootElement, [Context.LogMelOptions, Context.FrontEndRest], source);
            LogMelOptions options = Read(document.RootElement, Context.LogMelOptions, source);
            FrontEndRest rest = Read(document.RootElement, Context.FrontEndRest, source);
            FrontEndContract contract = new(options, rest.Mean, rest.Std, rest.Labels);
            Check(contract, rest.Shape, source);
            return contract;
        }
        catch (JsonException failure)
        {
            throw new ModelFormatException($"{source}: is not JSON, or cut off: {failure.Message}", failure);
        }
    }

    /// <summary>Reads a front end, with or without its kind.</summary>
    /// <exception cref="ModelFormatException">A property is missing, unknown, repeated or out of range.</exception>
    public static FrontEnd ParseKind(string json, string source) => Parse(json, source).FrontEnd;

    /// <summary>Writes a front end with its kind.</summary>
    public static string Write(FrontEnd frontEnd) => FrontEndKindJson.Write(frontEnd, []);

    /// <summary>Writes a contract in the order of <c>front_end.json</c>.</summary>
    public static string Write(FrontEndContract contract)
    {
        if (contract.FrontEnd is not LogMelFrontEnd { AnyLength: false })
            return FrontEndKindJson.Write(contract.FrontEnd, contract.Labels);
        FrontEndRest rest = new(contract.Mean, contract.StandardDeviation, [.. contract.Shape], [.. contract.Labels]);
        JsonObject all = JsonSerializer.SerializeToNode(contract.Options, Context.LogMelOptions)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonSerializer.SerializeToNode(rest, Context.FrontEndRest)!.AsObject())
            all.Add(name, value?.DeepClone());
        return all.ToJsonString(Context.Options);
    }

    /// <summary>Throws unless an object has each property that its types have, once, and no other.</summary>
    /// <param name="root">The object.</param>
    /// <param name="types">The types that it is read as.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="optional">Properties that may be there beside the types' own.</param>
    /// <param name="isPartial">Whether properties may be missing, which then have their defaults.</param>
    public static void ThrowIfUnknown(
        JsonElement root, JsonTypeInfo[] types, string source, string[]? optional = null, bool isPartial = false)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new ModelFormatException($"{source}: holds a JSON {root.ValueKind}; an object was expected.");
        string[] known =
        [
            .. types.SelectMany(type => type.Properties)
                .Where(property => property.AssociatedParameter is not null) // what is computed from the others is not in the file
                .Select(property => property.Name),
        ];
        string[] found = [.. root.EnumerateObject().Select(property => property.Name)];
        if (found.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            throw new ModelFormatException($"{source}: the property '{repeated.Key}' stands there twice.");
        if (!isPartial && known.Except(s_optional).Except(found).FirstOrDefault() is { } missing)
            throw new ModelFormatException($"{source}: the property '{missing}' is missing.");
        if (found.Except(known).Except(optional ?? []).FirstOrDefault() is { } unknown)
            throw new ModelFormatException($"{source}: the property '{unknown}' is not known.");
    }

    /// <summary>Reads the properties that a type has; the others are another type's.</summary>
    public static T Read<T>(JsonElement root, JsonTypeInfo<T> type, string source)
    {
        try
        {
            return root.Deserialize(type)!;
        }
        catch (JsonException failure) when (failure.Path is ['$', '.', ..])
        {
            string[] steps = failure.Path[2..].Split('[', ']');
            JsonElement value = root.GetProperty(steps[0]);
            if (steps.Length > 1 && value.ValueKind == JsonValueKind.Array)
                value = value[int.Parse(steps[1], CultureInfo.InvariantCulture)];
            string raw = value.GetRawText();
            Type expected = type.Properties.First(property => property.Name == steps[0]).PropertyType;
            throw new ModelFormatException(
                $"{source}: the property '{steps[0]}' is {(raw.Length > 60 ? raw[..60] + "…" : raw)}; {Describe(expected)} was expected.",
                failure);
        }
    }

    private static string Describe(Type type) =>
        type == typeof(int) ? "a whole number"
        : type == typeof(int?) ? "a whole number or null"
        : type == typeof(double) ? "a finite number"
        : type == typeof(double?) ? "a finite number or null"
        : type == typeof(bool) ? "true or false"
        : type == typeof(string[]) ? "a list of texts"
        : type == typeof(int[]) ? "a list of whole numbers"
        : $"one of {Context.GetTypeInfo(type)!.Converter}";

    /// <summary>Throws unless every constant is in its range.</summary>
    public static void Check(FrontEnd frontEnd, string source)
    {
        try
        {
            frontEnd.Validate();
        }
        catch (ArgumentException failure)
        {
            string remains = $" (Parameter '{failure.ParamName}')";
            throw new ModelFormatException($"{source}: {failure.Message.Replace(remains, "", StringComparison.Ordinal)}", failure);
        }
    }

    /// <summary>Throws unless labels name each class once.</summary>
    public static void Check(IReadOnlyList<string> labels, string source)
    {
        if (labels.Any(string.IsNullOrWhiteSpace) || labels.Distinct(StringComparer.Ordinal).Count() != labels.Count)
            throw new ModelFormatException($"{source}: 'labels' must name each class once, but is [{string.Join(", ", labels)}].");
    }

    private static void Check(FrontEndContract contract, int[] shape, string source)
    {
        if (contract.StandardDeviation <= 0)
            throw new ModelFormatException(
                FormattableString.Invariant($"{source}: 'std' is {contract.StandardDeviation}; a number above 0 was expected."));
        Check(contract.FrontEnd, source);
        if (!shape.SequenceEqual(contract.Shape))
            throw new ModelFormatException(
                $"{source}: 'shape' is ({string.Join(", ", shape)}), but the other properties give ({string.Join(", ", contract.Shape)}).");
        Check(contract.Labels, source);
    }
}

/// <summary>What a contract holds beside the constants of the spectrogram.</summary>
internal sealed record FrontEndRest(double Mean, double Std, int[] Shape, string[] Labels);

[JsonSerializable(typeof(LogMelOptions))]
[JsonSerializable(typeof(FrontEndRest))]
[JsonSerializable(typeof(FrontEndScale))]
[JsonSerializable(typeof(FrontEndLabels))]
[JsonSerializable(typeof(WhisperFrontEnd))]
[JsonSerializable(typeof(AstFrontEnd))]
[JsonSerializable(typeof(YamnetFrontEnd))]
[JsonSerializable(typeof(MfccFrontEnd))]
[JsonSerializable(typeof(Wav2Vec2FrontEnd))]
[JsonSerializable(typeof(SamplesFrontEnd))]
internal sealed partial class FrontEndContext : JsonSerializerContext;

/// <summary>The properties' names, which are librosa's where librosa has one.</summary>
internal sealed class FrontEndNames : JsonNamingPolicy
{
    /// <inheritdoc/>
    public override string ConvertName(string name) => name switch
    {
        nameof(LogMelOptions.FftSize) => "n_fft",
        nameof(LogMelOptions.WindowLength) => "win_length",
        nameof(LogMelOptions.DropsLastFrame) => "drop_last_frame",
        nameof(LogMelOptions.RemovesFrameMean) => "remove_dc_offset",
        nameof(LogMelOptions.PreEmphasis) => "preemphasis",
        nameof(LogMelOptions.Padding) => "pad_mode",
        nameof(LogMelOptions.MelBins) => "n_mels",
        nameof(LogMelOptions.MinimumFrequency) => "fmin",
        nameof(LogMelOptions.MaximumFrequency) => "fmax",
        nameof(LogMelOptions.Reference) => "db_ref",
        nameof(LogMelOptions.MinimumPower) => "db_amin",
        nameof(LogMelOptions.TopDecibels) => "top_db",
        _ => SnakeCaseLower.ConvertName(name),
    };
}

/// <summary>The names that a file uses for the members of an enumeration, in its order.</summary>
internal sealed class NamedEnumConverter<T>(params string[] names) : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly T[] s_members = Enum.GetValues<T>();

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        int place = reader.TokenType == JsonTokenType.String ? Array.IndexOf(names, reader.GetString()) : -1;
        return place >= 0 ? s_members[place] : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(names[Array.IndexOf(s_members, value)]);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", names.Select(name => $"'{name}'"));
}
