using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace AudioEmotionXai.Benchmarks;

/// <summary>Occlusion of one clip with 16 x 16 windows every 8 x 8 cells, against the 255 forward passes that it needs.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5)]
public class OcclusionBenchmarks : ModelBenchmarks
{
    protected override int ForwardItems => 255;

    [Benchmark]
    public AttributionResult Occlusion() => new Occlusion().Attribute(Model, Batch.Items(0, 1));
}
