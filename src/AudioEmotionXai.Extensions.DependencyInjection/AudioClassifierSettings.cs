namespace AudioEmotionXai.Extensions.DependencyInjection;

/// <summary>
/// Which model a container holds, and how it runs: what <see cref="AudioClassifierOptions"/> says, in the form that configuration binds to.
/// Defaults: the bundled model, the device that is there, all cores, 256 MiB of activations per batch, 16 items.
/// </summary>
public sealed class AudioClassifierSettings
{
    /// <summary>The .onnx file; null, the default, is the bundled model, which must lie in a folder <c>models</c> beside the application or
    /// above it.</summary>
    public string? Path { get; set; }

    /// <summary>Where the model's graphs run; <see cref="ExecutionProvider.Auto"/> by default.</summary>
    public ExecutionProvider Provider { get; set; } = ExecutionProvider.Auto;

    /// <summary>The threads of one run; 0, the default, is one per core.</summary>
    public int Threads { get; set; }

    /// <summary>The bytes that the activations of one batch may take; 256 MiB by default.</summary>
    public long BatchMemoryBytes { get; set; } = new AudioClassifierOptions().BatchMemoryBytes;

    /// <summary>The most items that run in one batch; 16 by default.</summary>
    public int LargestBatch { get; set; } = new AudioClassifierOptions().LargestBatch;

    internal AudioClassifierOptions ToOptions() => new()
    {
        Provider = Provider,
        Threads = Threads,
        BatchMemoryBytes = BatchMemoryBytes,
        LargestBatch = LargestBatch,
    };
}
