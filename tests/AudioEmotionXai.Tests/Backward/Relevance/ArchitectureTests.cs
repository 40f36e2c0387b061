using System.Text.Json;

namespace AudioEmotionXai.Tests;

/// <summary>
/// Networks as a training framework exports them, without a word from the user. Needs the folder that the environment variable
/// AEXAI_EXPORTS names: manifest.json, models and inputs.
/// </summary>
[Long]
public sealed class ArchitectureTests
{
    private static readonly string[] s_architectures = ["resnet18", "resnet50", "vgg11_bn", "mobilenet_v2", "densenet121", "squeezenet1_1"];
    private static readonly string[] s_variants = ["dynamic", "unfolded"];

    // Depthwise layers and batch normalisation of its own leave outputs that nothing but a bias drives: without it they have no input to hand their relevance to
    private static readonly string[] s_drivenByBiases = ["mobilenet_v2", "densenet121"];

    [Test]
    public void EpsilonIsFiniteAndAccountedFor([ValueSource(nameof(s_architectures))] string architecture, [ValueSource(nameof(s_variants))] string variant) =>
        AssertAccountedFor(Explain(architecture, variant, "lrp rules=epsilon ledger=true"));

    [Test]
    public void WithoutBiasesRelevanceIsFiniteAndKeptOrAccountedFor(
        [ValueSource(nameof(s_architectures))] string architecture,
        [ValueSource(nameof(s_variants))] string variant,
        [Values("epsilon-plus-flat", "gamma")] string rules)
    {
        AttributionResult result = Explain(architecture, variant, $"lrp rules={rules} bias=false ledger=true");
        AssertAccountedFor(result);
        Assert.That(Detail(result, "ledger_bias"), Is.Zero);
        if (!s_drivenByBiases.Contains(architecture))
            Assert.That(Detail(result, "relevance_map"), Is.EqualTo(Detail(result, "relevance_start")).Within(1e-4));
    }

    private static AttributionResult Explain(string architecture, string variant, string method)
    {
        (string file, string inputFile) = Find(architecture, variant);
        using AudioClassifier model = AudioClassifier.Load(file, new AudioClassifierOptions { Provider = ExecutionProvider.Cpu });
        AttributionResult result = AttributionMethods.Parse(method).Attribute(model, NpyFile.Read(inputFile).Items(0, 1));
        TestContext.Out.WriteLine(string.Join("; ", result.Details.Where(detail => detail.Values.Length == 1).Select(detail => FormattableString.Invariant($"{detail.Name} {detail.Values.Span[0]:0.####e+0}")).Concat(result.Warnings.Select(warning => warning.ToString()))));
        return result;
    }

    private static void AssertAccountedFor(AttributionResult result)
    {
        Assert.That(result.Map.Span.ToArray().All(float.IsFinite));
        Assert.That(Detail(result, "ledger_rounding"), Is.EqualTo(0).Within(1e-4 * Largest(result)));
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
