using System.Numerics.Tensors;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AudioEmotionXai.Reporting;

/// <summary>An explanation in JSON; the README of the command line documents its members.</summary>
internal sealed record ExplanationJson(
    string Model, string Input, string Method, MapMeaning Meaning, IReadOnlyList<int> Shape, double ElapsedSeconds,
    IReadOnlyList<string> Warnings, IEnumerable<ItemJson> Items)
{
    public static string Write(ExplanationFile explanation, bool withMaps)
    {
        AttributionResult result = explanation.Result;
        return JsonText.From(
            new ExplanationJson(
                explanation.Model.Name, explanation.Source, result.Method.ToString(), result.Method.Meaning, [.. result.Map.Shape],
                result.Elapsed.TotalSeconds, [.. result.Warnings.Select(warning => warning.ToString())],
                Enumerable.Range(0, explanation.Items).Select(item => ItemJson.From(explanation, item, withMaps))),
            ReportingContext.Default.ExplanationJson);
    }
}

internal sealed record ItemJson(
    int Item, PredictionJson Prediction, TargetJson Target, float Minimum, float Maximum, double Sum,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? CompletenessGap,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? HalfAgreement,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Reliability)
{
    /// <summary>What else the method found, and the map.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> More { get; } = [];

    public static ItemJson From(ExplanationFile explanation, int item, bool withMaps)
    {
        AttributionResult result = explanation.Result;
        FloatTensor map = result.Map.Item(item);
        Explanation one = result[item];
        ItemJson json = new(
            explanation.FirstItem + item, PredictionJson.From(result.Predictions[item]),
            new TargetJson(result.Targets[item], explanation.Model.Labels[result.Targets[item]]),
            TensorPrimitives.Min<float>(map.Span), TensorPrimitives.Max<float>(map.Span), Sums.Of(map.Span),
            result.CompletenessGap?[item], one.HalfAgreement, one.Reliability);
        foreach (AttributionDetail detail in result.Details.Where(detail => detail.Item == item))
            json.More[detail.Name] = detail.Values.Length == 1
                ? JsonSerializer.SerializeToElement(detail.Values.Span[0], ReportingContext.Default.Double)
                : JsonSerializer.SerializeToElement(detail.Values, ReportingContext.Default.ReadOnlyMemoryDouble);
        if (withMaps)
            json.More["map"] = JsonSerializer.SerializeToElement(
                new NestedList(map.Reshape(map.Shape[1..])), ReportingContext.Default.NestedList);
        return json;
    }
}

/// <summary>A class in JSON.</summary>
internal sealed record TargetJson(int Index, string Label);

/// <summary>A prediction in JSON, its probabilities by label; of a linear head the values, and no probabilities.</summary>
internal sealed record PredictionJson(
    int Index, string Label,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float? Probability,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Dictionary<string, float>? Probabilities,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Dictionary<string, float>? Values)
{
    public static PredictionJson From(Prediction prediction)
    {
        Dictionary<string, float> all = new(prediction.Labels.Zip(prediction.Values.ToArray(), KeyValuePair.Create));
        bool isLinear = prediction.Head == ClassHead.Linear;
        return new(
            prediction.Index, prediction.Label, isLinear ? null : prediction.Value, isLinear ? null : all, isLinear ? all : null);
    }
}

/// <summary>An array as nested lists.</summary>
[JsonConverter(typeof(NestedListConverter))]
internal readonly record struct NestedList(FloatTensor Values);

internal sealed class NestedListConverter : JsonConverter<NestedList>
{
    /// <inheritdoc/>
    public override NestedList Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        throw new NotSupportedException("Arrays are written as JSON and read from NPY files.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, NestedList value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        for (int i = 0; i < value.Values.Shape[0]; i++)
        {
            if (value.Values.Rank > 1)
                Write(writer, new NestedList(value.Values.Item(i).Reshape(value.Values.Shape[1..])), options);
            else
                JsonSerializer.Serialize(writer, value.Values.Span[i], ReportingContext.Default.Single);
        }

        writer.WriteEndArray();
    }
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters =
    [
        typeof(FiniteDoubleConverter), typeof(FiniteSingleConverter), typeof(SnakeCaseConverter<MapMeaning>),
        typeof(SnakeCaseConverter<SignedMapOrder>),
    ])]
[JsonSerializable(typeof(ListeningJson))]
[JsonSerializable(typeof(TimelineJson))]
[JsonSerializable(typeof(ExplanationJson))]
[JsonSerializable(typeof(ReadOnlyMemory<double>))]
[JsonSerializable(typeof(NestedList))]
internal sealed partial class ReportingContext : JsonSerializerContext;
