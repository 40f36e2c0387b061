using System.Text.Json.Serialization;

namespace AudioEmotionXai.Evaluation;

/// <summary>
/// What <c>summary.json</c> holds; <c>summary.schema.json</c> beside this file documents it. Nothing in it hangs on the clock, the machine
/// or the folder: equal runs give equal bytes. A number that is not defined is null.
/// </summary>
internal sealed record SummaryJson(
    string Schema, SummaryModel Model, SummaryClips Clips, IEnumerable<SummaryMethod> Methods, SummaryOptions Options,
    string Verdict, string? Winner,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] NotebookTable? Notebook,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ControlledTable? Controlled,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GroundTruthTable? GroundTruth,
    IReadOnlyList<MetricRow> Metrics, IReadOnlyList<CurveRow> Curves, IReadOnlyList<AgreementRow> Agreement,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SanityTable? Sanity)
{
    /// <summary>The form of the file; a change that breaks readers gets a new name.</summary>
    public const string CurrentSchema = "aexai-summary-2";

    /// <summary>The file's text.</summary>
    public static string Write(VerificationResult result, VerificationOptions options, AudioClassifier model)
    {
        ControlledProtocol controlled = options.Controlled;
        return JsonText.From(
            new SummaryJson(
                CurrentSchema,
                new SummaryModel(Path.GetFileName(model.Name), result.ModelHash, model.Labels),
                new SummaryClips(result.Clips, result.Right, result.CorpusHash, result.Undefined),
                result.Rows.Select((row, i) =>
                    new SummaryMethod(row.Name, i < options.Methods.Count ? options.Methods[i].ToString() : "maps of a file", row.Meaning)),
                new SummaryOptions(
                    options.Seed, controlled.Fractions, controlled.Fills, controlled.FillCount, controlled.DrawCount, controlled.SignedMaps,
                    controlled.Level, $"bootstrap-t below {MeanTest.FewUnits} clips, Student's t from there and for groups",
                    controlled.Resamples,
                    "Holm over all tests of a table", options.GroundTruth.Mosaics, options.GroundTruth.Events,
                    options.GroundTruth.EventShare, result.MetricClips),
                result.Verdict, result.Winner, result.Notebook, result.Controlled, result.GroundTruth, result.Metrics, result.Curves,
                result.Agreement, result.Sanity),
            SummaryContext.Default.SummaryJson) + "\n";
    }
}

internal sealed record SummaryModel(string File, string Sha256, IReadOnlyList<string> Labels);

internal sealed record SummaryClips(int Count, int? PredictedRight, string Sha256, IReadOnlyList<UndefinedClip> Undefined);

internal sealed record SummaryMethod(string Name, string Options, MapMeaning Map);

internal sealed record SummaryOptions(
    int Seed, IReadOnlyList<double> Fractions, IReadOnlyList<FillKind> Fills, int FillsPerClip, int Draws, SignedMapOrder SignedMaps,
    double Level, string Interval, int Resamples, string Correction, int Mosaics, int Events, double EventShare, int MetricClips);

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters =
    [
        typeof(FiniteDoubleConverter), typeof(SnakeCaseConverter<MapMeaning>), typeof(SnakeCaseConverter<FillKind>),
        typeof(SnakeCaseConverter<SignedMapOrder>), typeof(SnakeCaseConverter<MaskControl>), typeof(SnakeCaseConverter<MetricDirection>),
        typeof(SnakeCaseConverter<SanityPlace>), typeof(SnakeCaseConverter<SanityVerdict>), typeof(SnakeCaseConverter<RandomWeights>),
    ])]
[JsonSerializable(typeof(SummaryJson))]
internal sealed partial class SummaryContext : JsonSerializerContext;
