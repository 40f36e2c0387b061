using BenchmarkDotNet.Attributes;

namespace AudioEmotionXai.Benchmarks;

/// <summary>SLIC of a 128 x 141 map into 100 segments, as scikit-image does it, against a plain grid.</summary>
public class SegmentationBenchmarks
{
    private TimeFrequencyMap _map = null!;

    [GlobalSetup]
    public void Setup() => _map = new TimeFrequencyMap(BundledInput.Batch(1).Memory, 128, 141);

    [Benchmark(Baseline = true)]
    public SegmentMap Grid() => new GridSegmenter().Segment(_map);

    [Benchmark]
    public SegmentMap Slic() => new SlicSegmenter().Segment(_map);

    [Benchmark]
    public SegmentMap Content() => SlicSegmenter.Content.Segment(_map);
}
