using System.Text.Json;

namespace AudioEmotionXai.Evaluation;

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
    public static string Write(VerificationResult result, VerificationOptions options, AudioClassifier model) =>
        JsonText.Of(json => new SummaryJson(json).WriteAll(result, options, model)) + "\n";

    private void WriteAll(VerificationResult result, VerificationOptions options, AudioClassifier model)
    {
        _json.WriteString("schema", Schema);
        WriteProvenance(result, options, model);
        if (result.Notebook is not null)
            WriteNotebook(result.Notebook);
        if (result.Controlled is not null)
            WriteControlled(result.Controlled);
        _json.WriteObjects("metrics", result.Metrics, WriteMetric);
        _json.WriteObjects("curves", result.Curves, WriteCurve);
        if (result.Sanity is not null)
            WriteSanity(result.Sanity);
    }

    private void WriteProvenance(VerificationResult result, VerificationOptions options, AudioClassifier model)
    {
        _json.WriteStartObject("model");
        _json.WriteString("file", Path.GetFileName(model.Name));
        _json.WriteString("sha256", result.ModelHash);
        _json.WriteTexts("labels", model.Labels);
        _json.WriteEndObject();
        _json.WriteStartObject("clips");
        _json.WriteNumber("count", result.Clips);
        _json.WriteFinite("predicted_right", result.Right);
        _json.WriteString("sha256", result.CorpusHash);
        _json.WriteEndObject();
        _json.WriteObjects("methods", [.. result.Methods.Zip(options.Methods)], method =>
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
        _json.WriteNumbers("fractions", [.. controlled.Fractions]);
        _json.WriteTexts("fills", [.. controlled.Fills.Select(fill => fill.ToString().ToLowerInvariant())]);
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
        _json.WriteObjects("rows", table.Rows, row =>
        {
            _json.WriteString("method", row.Method);
            _json.WriteString("emotion", row.Emotion);
            _json.WriteNumber("clips", row.Clips);
            _json.WriteFinite("important", row.Important);
            _json.WriteFinite("random", row.Random);
            _json.WriteFinite("efficiency", row.Efficiency);
            _json.WriteBoolean("effective", row.IsEffective);
        });
        _json.WriteEndObject();
    }

    private void WriteControlled(ControlledTable table)
    {
        _json.WriteStartObject("controlled");
        _json.WriteString("verdict", table.Verdict);
        _json.WriteString("winner", table.Winner);
        _json.WriteObjects("ranking", table.Ranking, row =>
        {
            _json.WriteString("method", row.Method);
            _json.WriteNumber("rank", row.Rank);
            _json.WriteFinite("efficiency", row.Efficiency);
            _json.WriteBoolean("effective", row.IsEffective);
        });
        _json.WriteObjects("effects", table.Effects, WriteEffect);
        _json.WriteObjects("conditions", table.Conditions, row =>
        {
            _json.WriteString("method", row.Method);
            _json.WriteNumber("fraction", row.Fraction);
            _json.WriteString("fill", row.Fill.ToString().ToLowerInvariant());
            _json.WriteString("control", NameOf(row.Control));
            _json.WriteFinite("drop_important", row.ImportantDrop);
            WriteInterval("efficiency", row.Efficiency);
        });
        _json.WriteObjects("pairs", table.Pairs, row =>
        {
            _json.WriteString("first", row.First);
            _json.WriteString("second", row.Second);
            WriteInterval("difference", row.Difference);
            _json.WriteFinite("p", row.PValue);
            _json.WriteFinite("p_holm", row.AdjustedPValue);
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
        _json.WriteFinite("p", row.PValue);
        _json.WriteFinite("p_holm", row.AdjustedPValue);
    }

    private void WriteMetric(MetricRow row)
    {
        _json.WriteString("method", row.Method);
        _json.WriteString("metric", row.Metric);
        _json.WriteString(
            "direction", row.Direction switch
            {
                MetricDirection.HigherIsBetter => "higher",
                MetricDirection.LowerIsBetter => "lower",
                _ => "descriptive",
            }
        );
        WriteInterval("value", row.Value);
    }

    private void WriteCurve(CurveRow row)
    {
        _json.WriteString("method", row.Method);
        _json.WriteNumbers("deletion", [.. row.Deletion]);
        _json.WriteNumbers("insertion", [.. row.Insertion]);
    }

    private void WriteSanity(SanityTable table)
    {
        _json.WriteStartObject("sanity");
        _json.WriteNumber("limit", SanityChecks.Limit);
        _json.WriteTexts("stages", table.Stages);
        _json.WriteObjects("rows", table.Rows, row =>
        {
            _json.WriteString("method", row.Method);
            _json.WriteNumbers("similarity", [.. row.Similarity]);
            _json.WriteFinite("other_class_similarity", row.OtherClassSimilarity);
            _json.WriteBoolean("model_independent", row.IsModelIndependent);
            _json.WriteBoolean("passes", row.Passes);
        });
        _json.WriteEndObject();
    }

    private void WriteInterval(string name, ConfidenceInterval interval)
    {
        _json.WriteStartObject(name);
        _json.WriteFinite("mean", interval.Mean);
        _json.WriteFinite("low", interval.Low);
        _json.WriteFinite("high", interval.High);
        _json.WriteNumber("clips", interval.Count);
        _json.WriteEndObject();
    }

    private static string NameOf(MaskControl control) => control == MaskControl.Scattered ? "scattered" : "shape_matched";
}
