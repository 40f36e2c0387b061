using BenchmarkDotNet.Attributes;

namespace AudioEmotionXai.Benchmarks;

/// <summary>A 30-sample silence map of 128 x 141 cells, against drawing its 541,440 normals alone.</summary>
public class SilenceBenchmarks
{
    private readonly double[] _normals = new double[30 * 128 * 141];
    private FloatTensor _clip = null!;

    [GlobalSetup]
    public void Setup() => _clip = BundledInput.Batch(1);

    [Benchmark(Baseline = true)]
    public void NormalsAlone() => new NumPyRandom(0).FillNormal(_normals, 0, 0.03);

    [Benchmark]
    public double[] SilenceMap() => QuietCells.Map(_clip.Span, 30, 0.03, 25, 0, CancellationToken.None);
}
