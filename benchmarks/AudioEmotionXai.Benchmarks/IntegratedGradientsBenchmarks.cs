using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace AudioEmotionXai.Benchmarks;

/// <summary>Integrated gradients with 50 steps on one clip against 50 plain forward passes, which is what the path costs at
/// least.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 7)]
public class IntegratedGradientsBenchmarks : ModelBenchmarks
{
    protected override int ForwardItems => 50;

    [Benchmark]
    public AttributionResult IntegratedGradients() => new IntegratedGradients().Attribute(Model, Batch.Items(0, 1));
}
