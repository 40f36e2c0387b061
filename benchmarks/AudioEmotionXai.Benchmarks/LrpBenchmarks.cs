using BenchmarkDotNet.Attributes;

namespace AudioEmotionXai.Benchmarks;

/// <summary>LRP's compiled programs against the plain forward pass of the same batch.</summary>
public class LrpBenchmarks : BatchBenchmarks
{
    [Benchmark]
    public AttributionResult Epsilon() => new Lrp { Rules = LrpRules.Epsilon }.Attribute(Model, Batch);

    [Benchmark]
    public AttributionResult EpsilonPlusFlat() => new Lrp().Attribute(Model, Batch);

    [Benchmark]
    public AttributionResult AlphaBeta() => new Lrp { Rules = LrpRules.AlphaBeta }.Attribute(Model, Batch);

    [Benchmark]
    public AttributionResult EpsilonWithLedger() => new Lrp { Rules = LrpRules.Epsilon, Ledger = true }.Attribute(Model, Batch);
}
