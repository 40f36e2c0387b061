using AudioEmotionXai.Runtime;

namespace AudioEmotionXai.Models;

/// <summary>How a model runs. Defaults: the device that is there, all cores, 256 MiB of activations per batch.</summary>
public sealed record EmotionModelOptions
{
    /// <summary>Where the model's graphs run; <see cref="ExecutionProvider.Auto"/> by default.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Auto;

    /// <summary>The threads of one run; 0, the default, is one per core.</summary>
    public int Threads { get; init; }

    /// <summary>The bytes that the activations of one batch may take; larger inputs run in several batches. 256 MiB by default.</summary>
    public long BatchMemoryBytes { get; init; } = 256L << 20;

    /// <summary>The most items that run in one batch, however much memory there is; 16 by default, beyond which CPUs gain nothing.</summary>
    public int LargestBatch { get; init; } = 16;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchMemoryBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestBatch, 1);
    }
}
