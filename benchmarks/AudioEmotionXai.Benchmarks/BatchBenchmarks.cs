using BenchmarkDotNet.Attributes;

namespace AudioEmotionXai.Benchmarks;

/// <summary>Benchmarks of compiled programs over batch sizes.</summary>
public abstract class BatchBenchmarks : ModelBenchmarks
{
    [Params(1, 8, 16, 32)]
    public int Items { get; set; }

    protected override int ForwardItems => Items;
}
