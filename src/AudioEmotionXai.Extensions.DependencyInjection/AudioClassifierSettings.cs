namespace AudioEmotionXai.Extensions.DependencyInjection;

/// <summary>
/// Which model a container holds, and how it runs: what <see cref="AudioClassifierOptions"/> says, with its defaults, in the form that
/// configuration binds to.
/// </summary>
public sealed class AudioClassifierSettings
{
    private static readonly AudioClassifierOptions s_defaults = new();

    /// <summary>The .onnx file; must be set.</summary>
    public string? Path { get; set; }

    /// <inheritdoc cref="AudioClassifierOptions.Provider"/>
    public ExecutionProvider Provider { get; set; } = s_defaults.Provider;

    /// <inheritdoc cref="AudioClassifierOptions.DeviceId"/>
    public int DeviceId { get; set; } = s_defaults.DeviceId;

    /// <inheritdoc cref="AudioClassifierOptions.Threads"/>
    public int Threads { get; set; } = s_defaults.Threads;

    /// <inheritdoc cref="AudioClassifierOptions.BatchMemoryBytes"/>
    public long BatchMemoryBytes { get; set; } = s_defaults.BatchMemoryBytes;

    /// <inheritdoc cref="AudioClassifierOptions.LargestBatch"/>
    public int LargestBatch { get; set; } = s_defaults.LargestBatch;

    /// <inheritdoc cref="AudioClassifierOptions.LargestProgramCache"/>
    public int LargestProgramCache { get; set; } = s_defaults.LargestProgramCache;

    /// <inheritdoc cref="AudioClassifierOptions.ProgramCacheBytes"/>
    public long ProgramCacheBytes { get; set; } = s_defaults.ProgramCacheBytes;

    /// <inheritdoc cref="AudioClassifierOptions.Contract"/>
    public ModelContract? Contract { get; set; }

    internal AudioClassifierOptions ToOptions() => new()
    {
        Provider = Provider,
        DeviceId = DeviceId,
        Threads = Threads,
        BatchMemoryBytes = BatchMemoryBytes,
        LargestBatch = LargestBatch,
        LargestProgramCache = LargestProgramCache,
        ProgramCacheBytes = ProgramCacheBytes,
        Contract = Contract,
    };
}
