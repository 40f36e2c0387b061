using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AudioEmotionXai;

/// <summary>A <see cref="FrontEndContract"/> as JSON, strict in both directions; every complaint names file and property.</summary>
internal static class FrontEndJson
{
    private static readonly FrontEndContext s_context = new(
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
            ThrowIfUnknown(document.RootElement, source);
            LogMelOptions options = Read(document.RootElement, s_context.LogMelOptions, source);
            FrontEndRest rest = Read(document.RootElement, s_context.FrontEndRest, source);
            FrontEndContract contract = new(options, rest.Mean, rest.Std, rest.Labels);
            Check(contract, rest.Shape, source);
            return contract;
        }
        catch (JsonException failure)
        {
            throw new ModelFormatException($"{source}: is not JSON, or cut off: {failure.Message}", failure);
        }
    }

    /// <summary>Writes a contract in the order of <c>front_end.json</c>.</summary>
    public static string Write(FrontEndContract contract)
    {
        FrontEndRest rest = new(contract.Mean, contract.StandardDeviation, [.. contract.Shape], [.. contract.Labels]);
        JsonObject all = JsonSerializer.SerializeToNode(contract.Options, s_context.LogMelOptions)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonSerializer.SerializeToNode(rest, s_context.FrontEndRest)!.AsObject())
            all.Add(name, value?.DeepClone());
        return all.ToJsonString(s_context.Options);
    }

    private static void ThrowIfUnknown(JsonElement root, string source)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new ModelFormatException($"{source}: holds a JSON {root.ValueKind}; an object was expected.");
        string[] known =
        [
            .. s_context.LogMelOptions.Properties.Concat(s_context.FrontEndRest.Properties)
                .Where(property => property.AssociatedParameter is not null) // what is computed from the others is not in the file
                .Select(property => property.Name),
        ];
        string[] found = [.. root.EnumerateObject().Select(property => property.Name)];
        if (found.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            throw new ModelFormatException($"{source}: the property '{repeated.Key}' stands there twice.");
        if (known.Except(found).FirstOrDefault() is { } missing)
            throw new ModelFormatException($"{source}: the property '{missing}' is missing.");
        if (found.Except(known).FirstOrDefault() is { } unknown)
            throw new ModelFormatException($"{source}: the property '{unknown}' is not known.");
    }

    /// <summary>Reads the properties that a type has; the others are another type's.</summary>
    private static T Read<T>(JsonElement root, JsonTypeInfo<T> type, string source)
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
        : type == typeof(double) ? "a finite number"
        : type == typeof(double?) ? "a finite number or null"
        : type == typeof(bool) ? "true or false"
        : type == typeof(string[]) ? "a list of texts"
        : type == typeof(int[]) ? "a list of whole numbers"
        : $"one of {s_context.GetTypeInfo(type)!.Converter}";

    private static void Check(FrontEndContract contract, int[] shape, string source)
    {
        try
        {
            contract.Options.Validate();
        }
        catch (ArgumentException failure)
        {
            string remains = $" (Parameter '{failure.ParamName}')";
            throw new ModelFormatException($"{source}: {failure.Message.Replace(remains, "", StringComparison.Ordinal)}", failure);
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

/// <summary>What a contract holds beside the constants of the spectrogram.</summary>
internal sealed record FrontEndRest(double Mean, double Std, int[] Shape, string[] Labels);

[JsonSerializable(typeof(LogMelOptions))]
[JsonSerializable(typeof(FrontEndRest))]
internal sealed partial class FrontEndContext : JsonSerializerContext;

/// <summary>The properties' names, which are librosa's where librosa has one.</summary>
internal sealed class FrontEndNames : JsonNamingPolicy
{
    /// <inheritdoc/>
    public override string ConvertName(string name) => name switch
    {
        nameof(LogMelOptions.FftSize) => "n_fft",
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
