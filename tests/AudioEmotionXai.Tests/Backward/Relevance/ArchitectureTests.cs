using System.Text.Json;
using AudioEmotionXai.Attribution;
using AudioEmotionXai.Models;
using AudioEmotionXai.Primitives;
using AudioEmotionXai.Runtime;

namespace AudioEmotionXai.Tests.Backward.Relevance;

/// <summary>
/// Networks as a training framework exports them, without a word from the user. Needs the folder that the environment variable
/// AEXAI_EXPORTS names: manifest.json, models and inputs.
/// </summary>
[Category("Long")]
public sealed class ArchitectureTests
{
    [Test]
    public void RelevanceIsFiniteAndAccountedFor(
        [Values("resnet18", "resnet50", "vgg11_bn", "mobilenet_v2", "densenet121", "squeezenet1_1")] string architecture,
        [Values("dynamic", "unfolded")] string variant,
        [Values("epsilon", "epsilon-plus-flat", "gamma")] string rules)
    {
        (string file, string inputFile) = Find(architecture, variant);
        using EmotionModel model = EmotionModel.Load(file, new EmotionModelOptions { Provider = ExecutionProvider.Cpu });
        FloatTensor input = NpyFile.Read(inputFile).Items(0, 1);
        AttributionResult result = AttributionMethods.Parse($"lrp rules={rules} bias=false ledger=true").Attribute(model, input);
        double start = Detail(result, "relevance_start");
        double taken = Detail(result, "ledger_epsilon") + Detail(result, "ledger_dropped");
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{architecture} {variant} {rules}: start {start:0.####} map {Detail(result, "relevance_map"):0.####} epsilon {Detail(result, "ledger_epsilon"):0.0e+0} dropped {Detail(result, "ledger_dropped"):0.0e+0} rounding {Detail(result, "ledger_rounding"):0.0e+0}; {string.Join("; ", result.Warnings)}"));
        Assert.That(result.Map.Span.ToArray(), Is.All.Matches<float>(float.IsFinite));
        Assert.That(Detail(result, "ledger_bias"), Is.Zero);
        Assert.That(Detail(result, "relevance_map") + taken, Is.EqualTo(start).Within(1e-4 * Largest(result)));
    }

    /// <summary>The largest sum of absolute values that any node handed on: what float32 rounds in proportion to.</summary>
    private static double Largest(AttributionResult result) => result.Details
        .Where(detail => detail.Name.StartsWith("ledger/", StringComparison.Ordinal))
        .Max(detail => Math.Max(Math.Abs(detail.Values.Span[0]), detail.Values.Span[5]));

    private static double Detail(AttributionResult result, string name) => result.Details.Single(detail => detail.Name == name).Values.Span[0];

    private static (string Model, string Input) Find(string architecture, string variant)
    {
        string? folder = Environment.GetEnvironmentVariable("AEXAI_EXPORTS");
        if (folder is null || !File.Exists(Path.Combine(folder, "manifest.json")))
            Assert.Ignore("needs exported architectures in the folder that AEXAI_EXPORTS names");
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder!, "manifest.json")));
        foreach (JsonElement entry in manifest.RootElement.EnumerateArray())
            if (entry.GetProperty("architecture").GetString() == architecture && entry.GetProperty("variant").GetString() == variant)
                return (Path.Combine(folder!, entry.GetProperty("model").GetString()!), Path.Combine(folder!, entry.GetProperty("input").GetString()!));
        Assert.Ignore($"{folder} holds no {architecture} exported as {variant}");
        return default;
    }
}
