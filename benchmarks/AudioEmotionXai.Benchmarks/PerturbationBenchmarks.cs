using AudioEmotionXai.Attribution;
using AudioEmotionXai.Models;
using AudioEmotionXai.Primitives;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace AudioEmotionXai.Benchmarks;

/// <summary>1000 samples of LIME and RISE on one clip, against 1000 plain forward passes in the same batches: the difference is what the method itself costs.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5)]
public class PerturbationBenchmarks
{
    private const int Samples = 1000;
    private EmotionModel _model = null!;
    private FloatTensor _clip = null!;
    private FloatTensor _batch = null!;

    [GlobalSetup]
    public void Setup()
    {
        _model = BundledInput.LoadModel();
        _clip = BundledInput.Batch(1);
        _batch = BundledInput.Batch(_model.BatchSize);
    }

    [GlobalCleanup]
    public void Cleanup() => _model.Dispose();

    [Benchmark(Baseline = true)]
    public FloatTensor ForwardPasses()
    {
        FloatTensor last = _batch;
        for (int done = 0; done < Samples; done += _batch.Shape[0])
            last = _model.Logits(_batch.Items(0, Math.Min(_batch.Shape[0], Samples - done)));
        return last;
    }

    [Benchmark]
    public AttributionResult Lime() => new Lime { Samples = Samples }.Attribute(_model, _clip);

    [Benchmark]
    public AttributionResult Rise() => new Rise { Samples = Samples }.Attribute(_model, _clip);
}
