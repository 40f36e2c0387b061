using AudioEmotionXai.Attribution;
using AudioEmotionXai.Models;
using AudioEmotionXai.Primitives;
using BenchmarkDotNet.Attributes;

namespace AudioEmotionXai.Benchmarks;

/// <summary>LRP's compiled programs against the plain forward pass of the same batch.</summary>
[MemoryDiagnoser]
public class LrpBenchmarks
{
    private EmotionModel _model = null!;
    private FloatTensor _batch = null!;

    [Params(1, 16)]
    public int Items { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _model = BundledInput.LoadModel();
        _batch = BundledInput.Batch(Items);
    }

    [GlobalCleanup]
    public void Cleanup() => _model.Dispose();

    [Benchmark(Baseline = true)]
    public FloatTensor Forward() => _model.Logits(_batch);

    [Benchmark]
    public AttributionResult Epsilon() => new Lrp { Rules = LrpRules.Epsilon }.Attribute(_model, _batch);

    [Benchmark]
    public AttributionResult EpsilonPlusFlat() => new Lrp().Attribute(_model, _batch);

    [Benchmark]
    public AttributionResult AlphaBeta() => new Lrp { Rules = LrpRules.AlphaBeta }.Attribute(_model, _batch);

    [Benchmark]
    public AttributionResult EpsilonWithLedger() => new Lrp { Rules = LrpRules.Epsilon, Ledger = true }.Attribute(_model, _batch);
}
