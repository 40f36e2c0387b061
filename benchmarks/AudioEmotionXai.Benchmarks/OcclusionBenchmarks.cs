using AudioEmotionXai.Attribution;
using AudioEmotionXai.Models;
using AudioEmotionXai.Primitives;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace AudioEmotionXai.Benchmarks;

/// <summary>Occlusion of one clip with 16 x 16 windows every 8 x 8 cells, against the 255 forward passes that it needs.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5)]
public class OcclusionBenchmarks
{
    private EmotionModel _model = null!;
    private FloatTensor _clip = null!;
    private FloatTensor _batch = null!;

    [GlobalSetup]
    public void Setup()
    {
        _model = BundledInput.LoadModel();
        _clip = BundledInput.Batch(1);
        _batch = BundledInput.Batch(255);
    }

    [GlobalCleanup]
    public void Cleanup() => _model.Dispose();

    [Benchmark(Baseline = true)]
    public FloatTensor ForwardPasses() => _model.Logits(_batch);

    [Benchmark]
    public AttributionResult Occlusion() => new Occlusion().Attribute(_model, _clip);
}
