using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace AudioEmotionXai.Benchmarks;

/// <summary>Both protocols of verification on one clip with two cheap methods, all fills and draws, against the forward passes that the
/// masks need.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 7)]
public class VerificationBenchmarks : ModelBenchmarks
{
    private static readonly VerificationOptions Options = new()
    {
        Methods = [new GradCam(), new Silence()],
        Controlled = new ControlledProtocol().For(1),
    };

    // The notebook's protocol: a mask of each method's own size, and a random one for each size
    protected override int ForwardItems => Options.Controlled.RunsPerClip(Options.Methods.Count) + (2 * Options.Methods.Count);

    [Benchmark]
    public object VerifyClip()
    {
        Corpus corpus = new(Batch.Items(0, 1));
        return new BatchMeasurer(Model, corpus, Explainer.For(Model, corpus, Options), Options).Measure(0, 1, CancellationToken.None);
    }
}
