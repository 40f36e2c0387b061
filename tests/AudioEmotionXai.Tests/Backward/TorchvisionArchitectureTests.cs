namespace AudioEmotionXai.Tests;

/// <summary>
/// Architectures as PyTorch exports them, with random weights, against PyTorch itself. The exports are large and not part of the
/// repository: TORCHVISION.md beside this file says how to make them; the environment variable AEXAI_EXPORTS names their folder.
/// </summary>
[Long]
public sealed class TorchvisionArchitectureTests
{
    private static readonly AudioClassifierOptions OnCpu = new() { Provider = ExecutionProvider.Cpu };

    [TestCaseSource(typeof(TorchvisionExport), nameof(TorchvisionExport.All))]
    public void TheLogitsArePyTorchs(object export)
    {
        TorchvisionExport torchvision = (TorchvisionExport)export;
        using AudioClassifier model = AudioClassifier.Load(torchvision.Model, OnCpu);
        Assert.That(RelativeError(model.Logits(torchvision.Input), torchvision.Logits), Is.LessThanOrEqualTo(1e-4));
    }

    [TestCaseSource(typeof(TorchvisionExport), nameof(TorchvisionExport.All))]
    public void TheInputGradientIsAutogradsInDoublePrecision(object export)
    {
        TorchvisionExport torchvision = (TorchvisionExport)export;
        using AudioClassifier model = AudioClassifier.Load(torchvision.Model, OnCpu);
        ProgramOutput output = model.Run(new InputGradient(), torchvision.Input, torchvision.Targets, CancellationToken.None);
        double error = RelativeError(output.Relevance, torchvision.Gradient);
        TestContext.Out.WriteLine(FormattableString.Invariant($"{torchvision}: relative L2 error {error:e2}"));
        Assert.That(error, Is.LessThanOrEqualTo(1e-4));
    }

    private static double RelativeError(FloatTensor actual, FloatTensor expected)
    {
        Assert.That(actual.ToString(), Is.EqualTo(expected.ToString()));
        double difference = 0;
        double length = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            difference += Math.Pow((double)actual.Span[i] - expected.Span[i], 2);
            length += Math.Pow(expected.Span[i], 2);
        }

        return Math.Sqrt(difference / length);
    }

    private sealed record InputGradient : ProgramSpec
    {
        public override IRuleSet Rules => GradientRules.Instance;

        public override IReadOnlyList<string> SignalsAt(BackwardGraph graph) => [graph.InputName];

        public override string EmitRelevance(BackwardGraph graph) => graph.Signal(graph.InputName);
    }
}
