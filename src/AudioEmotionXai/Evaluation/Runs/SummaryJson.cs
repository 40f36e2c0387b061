using System.Text;
using System.Text.Json;
using AudioEmotionXai.Evaluation.Metrics;
using AudioEmotionXai.Evaluation.Protocols;
using AudioEmotionXai.Evaluation.Sanity;
using AudioEmotionXai.Evaluation.Statistics;
using AudioEmotionXai.Evaluation.Tables;
using AudioEmotionXai.Models;

namespace AudioEmotionXai.Evaluation.Runs;

/// <summary>
/// Writes <c>summary.json</c>; <c>summary.schema.json</c> beside this file documents it. Nothing in it hangs on the clock, the machine or
/// the folder: equal runs give equal bytes. A number that is not defined is null.
/// </summary>
internal sealed class SummaryJson
{
    /// <summary>The form of the file; a change that breaks readers gets a new name.</summary>
    public const string Schema = "aexai-summary-1";

    private readonly Utf8JsonWriter _json;

    private SummaryJson(Utf8JsonWriter json) => _json = json;

    /// <summary>The file's text.</summary>
    public static string Write(VerificationResult result, VerificationOptions options, EmotionModel model)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            new SummaryJson(json).WriteAll(result, options, model);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private void WriteAll(VerificationResult result, VerificationOptions options, EmotionModel model)
    {
        _json.WriteStartObject();
        _json.WriteString("schema", Schema);
        WriteProvenance(result, options, model);
        if (result.Notebook is not null)
            WriteNotebook(result.Notebook);
        if (result.Controlled is not null)
            WriteControlled(result.Controlled);
        WriteArray("metrics", result.Metrics, WriteMetric);
        WriteArray("curves", result.Curves, WriteCurve);
        if (result.Sanity is not null)
            WriteSanity(result.Sanity);
        _json.WriteEndObject();
    }

    private void WriteProvenance(VerificationResult result, VerificationOptions options, EmotionModel model)
    {
        _json.WriteStartObject("model");
        _json.WriteString("file", Path.GetFileName(model.Name));
        _json.WriteString("sha256", result.ModelHash);
        WriteStrings("labels", model.Labels);
        _json.WriteEndObject();
        _json.WriteStartObject("clips");
        _json.WriteNumber("count", result.Clips);
        if (result.Right is { } right)
            _json.WriteNumber("predicted_right", right);
        else
            _json.WriteNull("predicted_right");
        _json.WriteString("sha256", result.CorpusHash);
        _json.WriteEndObject();
        WriteArray("methods", [.. result.Methods.Zip(options.Methods)], method =>
        {
            _json.WriteString("name", method.First);
            _json.WriteString("options", method.Second.ToString());
            _json.WriteString("map", method.Second.Meaning.ToString().ToLowerInvariant());
        });
        WriteOptions(options, result);
    }

    private void WriteOptions(VerificationOptions options, VerificationResult result)
    {
        ControlledProtocol controlled = options.Controlled;
        _json.WriteStartObject("options");
        _json.WriteNumber("seed", options.Seed);
        WriteNumbers("fractions", controlled.Fractions);
        WriteStrings("fills", [.. controlled.Fills.Select(fill => fill.ToString().ToLowerInvariant())]);
        _json.WriteNumber("fills_per_clip", controlled.FillCount);
        _json.WriteNumber("draws", controlled.DrawCount);
        _json.WriteString("signed_maps", controlled.SignedMaps.ToString().ToLowerInvariant());
        _json.WriteNumber("level", controlled.Level);
        _json.WriteString("interval", "BCa bootstrap over clips");
        _json.WriteNumber("resamples", controlled.Resamples);
        _json.WriteNumber("permutations", controlled.Permutations);
        _json.WriteString("correction", "Holm");
        _json.WriteNumber("metric_clips", result.MetricClips);
        _json.WriteEndObject();
    }

    private void WriteNotebook(NotebookTable table)
    {
        _json.WriteStartObject("notebook");
        _json.WriteString("best", table.Best);
        WriteArray("rows", table.Rows, row =>
        {
            _json.WriteString("method", row.Method);
            _json.WriteString("emotion", row.Emotion);
            _json.WriteNumber("clips", row.Clips);
            WriteNumber("important", row.Important);
            WriteNumber("random", row.Random);
            WriteNumber("efficiency", row.Efficiency);
            _json.WriteBoolean("effective", row.IsEffective);
        });
        _json.WriteEndObject();
    }

    private void WriteControlled(ControlledTable table)
    {
        _json.WriteStartObject("controlled");
        _json.WriteString("verdict", table.Verdict);
        _json.WriteString("winner", table.Winner);
        WriteArray("ranking", table.Ranking, row =>
        {
            _json.WriteString("method", row.Method);
            _json.WriteNumber("rank", row.Rank);
            WriteNumber("efficiency", row.Efficiency);
            _json.WriteBoolean("effective", row.IsEffective);
        });
        WriteArray("effects", table.Effects, WriteEffect);
        WriteArray("conditions", table.Conditions, row =>
        {
            _json.WriteString("method", row.Method);
            _json.WriteNumber("fraction", row.Fraction);
            _json.WriteString("fill", row.Fill.ToString().ToLowerInvariant());
            _json.WriteString("control", NameOf(row.Control));
            WriteNumber("drop_important", row.ImportantDrop);
            WriteInterval("efficiency", row.Efficiency);
        });
        WriteArray("pairs", table.Pairs, row =>
        {
            _json.WriteString("first", row.First);
            _json.WriteString("second", row.Second);
            WriteInterval("difference", row.Difference);
            WriteNumber("p", row.PValue);
            WriteNumber("p_holm", row.AdjustedPValue);
        });
        _json.WriteEndObject();
    }

    private void WriteEffect(EffectRow row)
    {
        _json.WriteString("method", row.Method);
        _json.WriteString("group", row.Group);
        _json.WriteString("control", NameOf(row.Control));
        WriteInterval("drop_important", row.ImportantDrop);
        WriteInterval("drop_control", row.ControlDrop);
        WriteInterval("efficiency", row.Efficiency);
        WriteNumber("p", row.PValue);
        WriteNumber("p_holm", row.AdjustedPValue);
    }

    private void WriteMetric(MetricRow row)
    {
        _json.WriteString("method", row.Method);
        _json.WriteString("metric", row.Metric);
        _json.WriteString("direction", row.Direction switch { MetricDirection.HigherIsBetter => "higher", MetricDirection.LowerIsBetter => "lower", _ => "descriptive" });
        WriteInterval("value", row.Value);
    }

    private void WriteCurve(CurveRow row)
    {
        _json.WriteString("method", row.Method);
        WriteNumbers("deletion", row.Deletion);
        WriteNumbers("insertion", row.Insertion);
    }

    private void WriteSanity(SanityTable table)
    {
        _json.WriteStartObject("sanity");
        _json.WriteNumber("limit", SanityChecks.Limit);
        WriteStrings("stages", table.Stages);
        WriteArray("rows", table.Rows, row =>
        {
            _json.WriteString("method", row.Method);
            WriteNumbers("similarity", row.Similarity);
            WriteNumber("other_class_similarity", row.OtherClassSimilarity);
            _json.WriteBoolean("model_independent", row.IsModelIndependent);
            _json.WriteBoolean("passes", row.Passes);
        });
        _json.WriteEndObject();
    }

    private void WriteInterval(string name, ConfidenceInterval interval)
    {
        _json.WriteStartObject(name);
        WriteNumber("mean", interval.Mean);
        WriteNumber("low", interval.Low);
        WriteNumber("high", interval.High);
        _json.WriteNumber("clips", interval.Count);
        _json.WriteEndObject();
    }

    private void WriteNumber(string name, double value)
    {
        if (double.IsFinite(value))
            _json.WriteNumber(name, value);
        else
            _json.WriteNull(name);
    }

    private void WriteNumbers(string name, IReadOnlyList<double> values)
    {
        _json.WriteStartArray(name);
        foreach (double value in values)
            if (double.IsFinite(value))
                _json.WriteNumberValue(value);
            else
                _json.WriteNullValue();
        _json.WriteEndArray();
    }

    private void WriteStrings(string name, IReadOnlyList<string> values)
    {
        _json.WriteStartArray(name);
        foreach (string value in values)
            _json.WriteStringValue(value);
        _json.WriteEndArray();
    }

    private void WriteArray<T>(string name, IReadOnlyList<T> rows, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (T row in rows)
        {
            _json.WriteStartObject();
            write(row);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private static string NameOf(MaskControl control) => control == MaskControl.Scattered ? "scattered" : "shape_matched";
}
