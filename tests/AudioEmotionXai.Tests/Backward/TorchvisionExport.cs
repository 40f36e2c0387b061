using System.Text.Json;

namespace AudioEmotionXai.Tests;

/// <summary>One row of an export folder's manifest: a model file, an input, and what PyTorch said about it.</summary>
internal sealed class TorchvisionExport
{
    private const string Variable = "AEXAI_EXPORTS";
    private readonly string _folder;
    private readonly JsonElement _entry;

    private TorchvisionExport(string folder, JsonElement entry)
    {
        _folder = folder;
        _entry = entry;
    }

    /// <summary>Every export of the folder that the environment variable names; without one, a test that says so.</summary>
    public static IEnumerable<TestCaseData> All()
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        string manifest = Path.Combine(folder ?? "", "manifest.json");
        if (!File.Exists(manifest))
            return [new TestCaseData(null).SetArgDisplayNames("none").Ignore($"the environment variable {Variable} names no folder with a manifest.json")];
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(manifest));
        return [.. document.RootElement.EnumerateArray().Select(entry => new TorchvisionExport(folder!, entry.Clone())).Select(export => new TestCaseData(export).SetArgDisplayNames(export.ToString()))];
    }

    public string Model => PathOf("model");

    public FloatTensor Input => NpyFile.Read(PathOf("input"));

    public FloatTensor Logits => NpyFile.Read(PathOf("logits"));

    public FloatTensor Gradient => NpyFile.Read(PathOf("gradient64"));

    public int[] Targets => NpyFile.ReadInt32(PathOf("target"));

    public override string ToString() => $"{_entry.GetProperty("architecture").GetString()}, {_entry.GetProperty("variant").GetString()}";

    private string PathOf(string property) => Path.Combine(_folder, _entry.GetProperty(property).GetString()!);
}
