using BenchmarkDotNet.Attributes;

namespace AudioEmotionXai.Benchmarks;

/// <summary>The compiled programs of the gradient family against the plain forward pass of the same batch.</summary>
public class GradientBenchmarks : BatchBenchmarks
{
    [Benchmark]
    public AttributionResult GradCam() => new GradCam().Attribute(Model, Batch);

    [Benchmark]
    public AttributionResult GradCamLayer2() => new GradCam { Layer = "layer2" }.Attribute(Model, Batch);

    [Benchmark]
    public AttributionResult Gradient() => new Gradient().Attribute(Model, Batch);

    [Benchmark]
    public AttributionResult GuidedBackprop() => new GuidedBackprop().Attribute(Model, Batch);
}
