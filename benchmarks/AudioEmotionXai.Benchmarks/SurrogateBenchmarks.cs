using BenchmarkDotNet.Attributes;

namespace AudioEmotionXai.Benchmarks;

/// <summary>LIME's weighted ridge: 1000 samples of 96 segments, six classes from one solution, with standard errors.</summary>
public class SurrogateBenchmarks
{
    private const int Samples = 1000;
    private const int Segments = 96;
    private const int Classes = 6;
    private readonly SampleMatrix _matrix = SampleMatrix.Independent(42, Samples, Segments);
    private readonly double[] _values = new double[Samples * Classes];

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        for (int i = 0; i < _values.Length; i++)
            _values[i] = random.NextDouble();
    }

    [Benchmark(Baseline = true)]
    public LinearSurrogate[] Ridge() => Fit().Solve(1, FeatureSelection.None, Segments);

    [Benchmark]
    public LinearSurrogate[] ForwardSelectionOfSix() => Fit().Solve(1, FeatureSelection.Auto, 6);

    private SurrogateFit Fit()
    {
        SurrogateFit fit = new(_matrix, 0.25, Classes);
        for (int i = 0; i < Samples; i++)
            fit.Add(_values.AsSpan(i * Classes, Classes));
        return fit;
    }
}
