using AudioEmotionXai.Attribution;
using AudioEmotionXai.Models;
using AudioEmotionXai.Primitives;
using BenchmarkDotNet.Attributes;

namespace AudioEmotionXai.Benchmarks;

/// <summary>The compiled programs of the gradient family against the plain forward pass of the same batch.</summary>
[MemoryDiagnoser]
public class GradientBenchmarks
{
    private EmotionModel _model = null!;
    private FloatTensor _batch = null!;

    [Params(1, 8, 16, 32)]
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
    public AttributionResult GradCam() => new GradCam().Attribute(_model, _batch);

    [Benchmark]
    public AttributionResult GradCamLayer2() => new GradCam { Layer = "layer2" }.Attribute(_model, _batch);

    [Benchmark]
    public AttributionResult Gradient() => new Gradient().Attribute(_model, _batch);

    [Benchmark]
    public AttributionResult GuidedBackprop() => new GuidedBackprop().Attribute(_model, _batch);
}
