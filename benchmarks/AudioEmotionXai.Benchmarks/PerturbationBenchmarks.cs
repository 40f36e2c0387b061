using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace AudioEmotionXai.Benchmarks;

/// <summary>1000 samples of LIME, KernelSHAP and RISE on one clip, against 1000 plain forward passes in the same batches: the difference is
/// what the method itself costs.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 7)]
public class PerturbationBenchmarks : ModelBenchmarks
{
    private const int Samples = 1000;

    protected override int ForwardItems => Samples;

    [Benchmark]
    public AttributionResult Lime() => new Lime { Samples = Samples }.Attribute(Model, Batch.Items(0, 1));

    [Benchmark]
    public AttributionResult KernelShap() => new KernelShap { Samples = Samples }.Attribute(Model, Batch.Items(0, 1));

    [Benchmark]
    public AttributionResult Rise() => new Rise { Samples = Samples }.Attribute(Model, Batch.Items(0, 1));
}
