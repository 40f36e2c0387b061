using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace AudioEmotionXai;

/// <summary>Front ends as JSON objects with a <c>kind</c>: what is not there has the kind's default, but for the constants of a
/// log-mel spectrogram, which must all be there.</summary>
internal static class FrontEndKindJson
{
    private const string Kind = "kind";
    private const string LogMel = "log_mel";

    private static readonly string[] s_beside = [Kind, "labels", "shape"];

    /// <summary>Whether an object says which kind it is.</summary>
    public static bool HasKind(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty(Kind, out _);

    /// <summary>Reads a front end and the labels that may stand beside it.</summary>
    /// <exception cref="ModelFormatException">A property is missing, unknown, repeated or out of range.</exception>
    public static FrontEndContract ParseContract(JsonElement root, string source)
    {
        FrontEnd frontEnd = Parse(root, source);
        FrontEndLabels beside = FrontEndJson.Read(root, FrontEndJson.Context.FrontEndLabels, source);
        string[] labels = beside.Labels ?? [];
        FrontEndJson.Check(labels, source);
        return FrontEndContract.For(frontEnd, labels);
    }

    /// <summary>Writes a front end, and labels where there are any.</summary>
    public static string Write(FrontEnd frontEnd, IReadOnlyList<string> labels)
    {
        FrontEndContext context = FrontEndJson.Context;
        JsonObject all = new() { [Kind] = frontEnd.Kind };
        Append(all, frontEnd switch
        {
            LogMelFrontEnd one => Node(one.Options, context.LogMelOptions),
            WhisperFrontEnd one => Node(one, context.WhisperFrontEnd),
            AstFrontEnd one => Node(one, context.AstFrontEnd),
            YamnetFrontEnd one => Node(one, context.YamnetFrontEnd),
            MfccFrontEnd one => Node(one, context.MfccFrontEnd),
            Wav2Vec2FrontEnd one => Node(one, context.Wav2Vec2FrontEnd),
            SamplesFrontEnd one => Node(one, context.SamplesFrontEnd),
            _ => throw new InvalidOperationException($"There is no JSON of {frontEnd}."),
        });
        if (frontEnd is LogMelFrontEnd scaled)
        {
            FrontEndScale scale = new(scaled.Mean, scaled.StandardDeviation) { AnyLength = scaled.AnyLength };
            Append(all, Node(scale, context.FrontEndScale));
        }

        if (frontEnd is MfccFrontEnd cepstrum)
            all.Add(LogMel, Node(cepstrum.Mels, context.LogMelOptions));
        if (labels.Count > 0)
            all.Add("labels", new JsonArray([.. labels.Select(label => (JsonNode)JsonValue.Create(label))]));
        return all.ToJsonString(context.Options);
    }

    /// <summary>Reads a front end.</summary>
    /// <exception cref="ModelFormatException">A property is missing, unknown, repeated or out of range.</exception>
    public static FrontEnd Parse(JsonElement root, string source)
    {
        FrontEndContext context = FrontEndJson.Context;
        JsonElement kind = root.GetProperty(Kind);
        FrontEnd frontEnd = kind.ValueKind == JsonValueKind.String ? kind.GetString() switch
        {
            "log-mel" => ParseLogMel(root, source),
            "whisper" => Read(root, new WhisperFrontEnd(), context.WhisperFrontEnd, source),
            "ast" => Read(root, new AstFrontEnd(), context.AstFrontEnd, source),
            "yamnet" => Read(root, new YamnetFrontEnd(), context.YamnetFrontEnd, source),
            "mfcc" => ParseMfcc(root, source),
            "wav2vec2" => Read(root, new Wav2Vec2FrontEnd(), context.Wav2Vec2FrontEnd, source),
            "none" => Read(root, new SamplesFrontEnd(), context.SamplesFrontEnd, source),
            _ => throw NoKind(kind, source),
        } : throw NoKind(kind, source);
        FrontEndJson.Check(frontEnd, source);
        return frontEnd;
    }

    private static ModelFormatException NoKind(JsonElement kind, string source) => new(
        $"{source}: the property 'kind' is {ShortList.Of([kind.GetRawText()])}; one of 'log-mel', 'whisper', 'ast', 'wav2vec2', 'yamnet', "
            + "'mfcc' or 'none' was expected.");

    private static LogMelFrontEnd ParseLogMel(JsonElement root, string source)
    {
        FrontEndContext context = FrontEndJson.Context;
        FrontEndJson.ThrowIfUnknown(root, [context.LogMelOptions], source, [.. s_beside, "mean", "std", "any_length"]);
        FrontEndScale scale = FrontEndJson.Read(root, context.FrontEndScale, source);
        LogMelOptions options = FrontEndJson.Read(root, context.LogMelOptions, source);
        return new LogMelFrontEnd(options, scale.Mean, scale.Std) { AnyLength = scale.AnyLength };
    }

    private static MfccFrontEnd ParseMfcc(JsonElement root, string source)
    {
        FrontEndContext context = FrontEndJson.Context;
        MfccFrontEnd frontEnd = Read(root, new MfccFrontEnd(), context.MfccFrontEnd, source, LogMel);
        // What is not part of the JSON of the type is lost on reading
        frontEnd = frontEnd with { Mels = new MfccFrontEnd().Mels };
        if (!root.TryGetProperty(LogMel, out JsonElement spectrum))
            return frontEnd;
        string where = $"{source}, '{LogMel}'";
        FrontEndJson.ThrowIfUnknown(spectrum, [context.LogMelOptions], where);
        return frontEnd with { Mels = FrontEndJson.Read(spectrum, context.LogMelOptions, where) };
    }

    /// <summary>Reads a type whose defaults stand for what is missing.</summary>
    private static T Read<T>(JsonElement root, T defaults, JsonTypeInfo<T> type, string source, params string[] beside)
    {
        FrontEndJson.ThrowIfUnknown(root, [type], source, [.. s_beside, .. beside], isPartial: true);
        JsonObject whole = Node(defaults, type);
        foreach (JsonProperty property in root.EnumerateObject())
            whole[property.Name] = JsonNode.Parse(property.Value.GetRawText());
        using JsonDocument document = JsonDocument.Parse(whole.ToJsonString());
        return FrontEndJson.Read(document.RootElement, type, source);
    }

    private static JsonObject Node<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToNode(value, type)!.AsObject();

    private static void Append(JsonObject all, JsonObject more)
    {
        foreach ((string name, JsonNode? value) in more)
            all.Add(name, value?.DeepClone());
    }
}

/// <summary>What a log-mel front end holds beside the constants of the spectrogram.</summary>
internal sealed record FrontEndScale(double Mean = 0, double Std = 1)
{
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public bool AnyLength { get; init; }
}

/// <summary>The labels that may stand beside a front end.</summary>
internal sealed record FrontEndLabels
{
    public string[]? Labels { get; init; }
}
