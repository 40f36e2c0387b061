namespace AudioEmotionXai.Tests.Architecture;

/// <summary>Which folder of the library may use which: the table of ARCHITECTURE.md.</summary>
internal static class LayerTable
{
    private static readonly Dictionary<string, string[]> s_uses = new()
    {
        ["Primitives"] = [],
        ["Audio"] = ["Primitives"],
        ["Onnx"] = ["Primitives"],
        ["Checkpoints"] = ["Onnx"],
        ["Runtime"] = ["Onnx"],
        ["Backward"] = ["Onnx"],
        ["Telemetry"] = [],
        ["Models"] = ["Runtime", "Backward", "Audio", "Telemetry"],
        ["Segmentation"] = ["Primitives"],
        ["Attribution"] = ["Models", "Segmentation"],
        ["Waveform"] = ["Attribution"],
        ["Evaluation"] = ["Attribution"],
        ["Listening"] = ["Evaluation"],
        ["Reporting"] = ["Listening"],
    };

    public static IEnumerable<string> Layers => s_uses.Keys;

    /// <summary>Whether code of one layer may name a type of another: its own, those after its arrow, and what those rest on.</summary>
    public static bool Allows(string layer, string used) =>
        layer == used || (s_uses.TryGetValue(layer, out string[]? direct) && direct.Any(next => Allows(next, used)));

    /// <summary>The layer of a namespace, or null for one that is not the library's.</summary>
    public static string? LayerOf(string space) =>
        space == "AudioEmotionXai" || space.StartsWith("AudioEmotionXai.", StringComparison.Ordinal) ? space.Split('.').ElementAtOrDefault(1) ?? "(none)" : null;
}
