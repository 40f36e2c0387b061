using AudioEmotionXai.Attribution;
using AudioEmotionXai.Models;
using AudioEmotionXai.Primitives;
using BenchmarkDotNet.Attributes;

namespace AudioEmotionXai.Benchmarks;

/// <summary>Integrated gradients with 50 steps on one clip against 50 plain forward passes, which is what the path costs at least.</summary>
[MemoryDiagnoser]
public class IntegratedGradientsBenchmarks
{
    private EmotionModel _model = null!;
    private FloatTensor _path = null!;
    private FloatTensor _clip = null!;

    [GlobalSetup]
    public void Setup()
    {
        _model = BundledInput.LoadModel();
        _path = BundledInput.Batch(50);
        _clip = BundledInput.Batch(1);
    }

    [GlobalCleanup]
    public void Cleanup() => _model.Dispose();

    [Benchmark(Baseline = true)]
    public FloatTensor FiftyForwardPasses() => _model.Logits(_path);

    [Benchmark]
    public AttributionResult IntegratedGradients() => new IntegratedGradients().Attribute(_model, _clip);
}
