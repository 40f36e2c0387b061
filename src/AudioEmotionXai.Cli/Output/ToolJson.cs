using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AudioEmotionXai.Cli;

/// <summary>What <c>--json</c> writes; the README of the tool lists the members.</summary>
internal static class ToolJson
{
    private static readonly ToolContext s_context = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    public static string From<T>(T value) => JsonSerializer.Serialize(value, typeof(T), s_context);

    /// <summary>An explanation without its maps, with the file it went to and how long it took.</summary>
    public static string From(ExplanationFile explanation, string? file, StartupTimes times)
    {
        JsonObject json = JsonNode.Parse(explanation.ToJson(withMaps: false))!.AsObject();
        json["load_seconds"] = times.Load.TotalSeconds;
        json["compile_seconds"] = times.Compile.TotalSeconds;
        json["process_seconds"] = StartupTimes.Process.TotalSeconds;
        if (file is not null)
            json["file"] = file;
        return json.ToJsonString(s_context.Options);
    }
}

internal sealed record CompiledJson(string File, string Method, long Opset, int Nodes, string[] Inputs, string[] Outputs);

internal sealed record ExportedJson(string File, long Opset, int Nodes, string[] Outputs);

internal sealed record MelJson(string File, int Bins, int Frames, string Unit, double SecondsPerFrame, string FrontEnd);

/// <summary>A shard that is done while others are not.</summary>
internal sealed record PendingJson(string Folder, string Shard, bool Complete = false);

internal sealed record MethodsJson(IEnumerable<MethodJson> Methods);

internal sealed record MethodJson(string Id, string Summary, bool Compiles, bool UsesModel, IEnumerable<OptionJson> Options);

internal sealed record OptionJson(
    string Name, string Default, string Takes, string Description,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Choices);

internal sealed record PredictionsJson(string Model, IEnumerable<PredictionJson> Predictions);

/// <summary>One clip's prediction; a probability that is not finite is null. Of a linear head there are values, and no
/// probabilities.</summary>
internal sealed record PredictionJson(
    string Input, int Item, int Index, string Label, float? Probability,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Dictionary<string, float?>? Probabilities,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Dictionary<string, float?>? Values)
{
    public static PredictionJson From(string input, int item, Prediction prediction, IReadOnlyList<string> labels)
    {
        Dictionary<string, float?> all =
            new(labels.Zip(prediction.Values.ToArray(), (label, value) => KeyValuePair.Create(label, Finite(value))));
        bool isLinear = prediction.Head == ClassHead.Linear;
        return new(
            input, item, prediction.Index, prediction.Label, isLinear ? null : Finite(prediction.Value), isLinear ? null : all,
            isLinear ? all : null);
    }

    private static float? Finite(float value) => float.IsFinite(value) ? value : null;
}

internal sealed record InspectionJson(
    string Model, long Opset, int Nodes, string Input, IEnumerable<string> Outputs, IReadOnlyList<string> Labels, string? LeftOff,
    IEnumerable<ContractPartJson> Contract, IEnumerable<PassJson> Loading, JsonNode? FrontEnd, IReadOnlyList<string> Layers,
    string? DefaultLayer, IEnumerable<OperatorJson> Operators,
    IEnumerable<NodeJson> NodesWithoutGradient, IEnumerable<CoverageJson> Methods);

internal sealed record ContractPartJson(string Part, string Value, string Source, bool Assumed);

internal sealed record PassJson(string Pass, int Places);

internal sealed record AttachedJson(string File, IEnumerable<ContractPartJson> Contract);

internal sealed record OperatorJson(string Operator, int Count, bool HasGradient);

internal sealed record NodeJson(string Node, string? Problem);

internal sealed record CoverageJson(string Id, bool Applies, string? Reason);

[JsonSerializable(typeof(CompiledJson))]
[JsonSerializable(typeof(ExportedJson))]
[JsonSerializable(typeof(AttachedJson))]
[JsonSerializable(typeof(MelJson))]
[JsonSerializable(typeof(PendingJson))]
[JsonSerializable(typeof(MethodsJson))]
[JsonSerializable(typeof(PredictionsJson))]
[JsonSerializable(typeof(InspectionJson))]
internal sealed partial class ToolContext : JsonSerializerContext;
