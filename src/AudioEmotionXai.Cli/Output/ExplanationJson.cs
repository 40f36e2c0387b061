using System.Numerics.Tensors;
using System.Text.Json;

namespace AudioEmotionXai.Cli;

/// <summary>
/// An explanation in JSON, on standard output (<c>--json</c>) and, with the map's values, as a <c>.json</c> file. The README of the tool
/// lists the members.
/// </summary>
internal static class ExplanationJson
{
    public static string Of(ExplainRun explanation, bool withMap, string? file = null, StartupTimes? times = null) => JsonText.Of(json =>
    {
        AttributionResult result = explanation.Result;
        json.WriteString("model", explanation.Model.Name);
        json.WriteString("input", explanation.Source);
        json.WriteString("method", result.Method.ToString());
        json.WriteString("meaning", result.Method.Meaning.ToString().ToLowerInvariant());
        json.WriteStartArray("shape");
        foreach (int length in result.Map.Shape)
            json.WriteNumberValue(length);
        json.WriteEndArray();
        json.WriteFinite("elapsed_seconds", result.Elapsed.TotalSeconds);
        if (times is not null)
            WriteTimes(json, times);
        json.WriteTexts("warnings", [.. result.Warnings.Select(warning => warning.ToString())]);
        if (file is not null)
            json.WriteString("file", file);
        json.WriteStartArray("items");
        for (int item = 0; item < explanation.Items; item++)
            WriteItem(json, explanation, item, withMap);
        json.WriteEndArray();
    });

    private static void WriteTimes(Utf8JsonWriter json, StartupTimes times)
    {
        json.WriteFinite("load_seconds", times.Load.TotalSeconds);
        json.WriteFinite("compile_seconds", times.Compile.TotalSeconds);
        json.WriteFinite("process_seconds", StartupTimes.Process.TotalSeconds);
    }

    private static void WriteItem(Utf8JsonWriter json, ExplainRun explanation, int item, bool withMap)
    {
        AttributionResult result = explanation.Result;
        FloatTensor map = result.Map.Item(item);
        json.WriteStartObject();
        json.WriteNumber("item", explanation.FirstItem + item);
        json.WriteStartObject("prediction");
        PredictionJson.WriteMembers(json, result.Predictions[item], explanation.Model.Labels);
        json.WriteEndObject();
        json.WriteStartObject("target");
        json.WriteNumber("index", result.Targets[item]);
        json.WriteString("label", explanation.TargetLabel(item));
        json.WriteEndObject();
        json.WriteFinite("minimum", TensorPrimitives.Min<float>(map.Span));
        json.WriteFinite("maximum", TensorPrimitives.Max<float>(map.Span));
        json.WriteFinite("sum", SumOf(map.Span));
        if (result.CompletenessGap is { } gap)
            json.WriteFinite("completeness_gap", gap[item]);
        WriteDetails(json, result, item);
        if (withMap)
            WriteArray(json, "map", map.Reshape(map.Shape[1..]));
        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, AttributionResult result, int item)
    {
        foreach (AttributionDetail detail in result.Details.Where(detail => detail.Item == item))
        {
            if (detail.Values.Length == 1)
                json.WriteFinite(detail.Name, detail.Values.Span[0]);
            else
                json.WriteNumbers(detail.Name, detail.Values.Span);
        }
    }

    private static void WriteArray(Utf8JsonWriter json, string? name, FloatTensor array)
    {
        if (name is null)
            json.WriteStartArray();
        else
            json.WriteStartArray(name);
        for (int i = 0; i < array.Shape[0]; i++)
        {
            if (array.Rank > 1)
                WriteArray(json, null, array.Item(i).Reshape(array.Shape[1..]));
            else if (float.IsFinite(array.Span[i]))
                json.WriteNumberValue(array.Span[i]);
            else
                json.WriteNullValue();
        }

        json.WriteEndArray();
    }

    private static double SumOf(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return sum;
    }
}
