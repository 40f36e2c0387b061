using BenchmarkDotNet.Attributes;

namespace AudioEmotionXai.Benchmarks;

/// <summary>Benchmarks on the bundled model: the plain forward pass of the same clips is the baseline that ratios refer to.</summary>
public abstract class ModelBenchmarks
{
    /// <summary>The model, on the CPU.</summary>
    protected AudioClassifier Model { get; private set; } = null!;

    /// <summary>The clips of the forward pass.</summary>
    protected FloatTensor Batch { get; private set; } = null!;

    /// <summary>How many clips the plain forward pass takes.</summary>
    protected abstract int ForwardItems { get; }

    [GlobalSetup]
    public void Setup()
    {
        Model = BundledInput.LoadModel();
        Batch = BundledInput.Batch(ForwardItems);
    }

    [GlobalCleanup]
    public void Cleanup() => Model.Dispose();

    [Benchmark(Baseline = true)]
    public FloatTensor Forward() => Model.Logits(Batch);
}
