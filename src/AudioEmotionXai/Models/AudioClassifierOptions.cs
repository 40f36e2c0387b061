namespace AudioEmotionXai;

/// <summary>How a model runs. Defaults: the device that is there, all cores, 256 MiB of activations per batch.</summary>
public sealed record AudioClassifierOptions
{
    /// <summary>The most threads of one run.</summary>
    public const int MaximumThreads = 256;

    /// <summary>Where the model's graphs run; <see cref="ExecutionProvider.Auto"/> by default.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Auto;

    /// <summary>The number of the CUDA device, as the driver counts them; 0, the default, is the first.</summary>
    public int DeviceId { get; init; }

    /// <summary>The threads of one run, at most 256; 0, the default, is one per core.</summary>
    /// <remarks>The first model of a process makes a pool of as many threads, which all sessions of that number share, whatever model they
    /// belong to; sessions of another number have threads of their own.</remarks>
    public int Threads { get; init; }

    /// <summary>The bytes that the activations of one run may take; larger inputs run in several batches, an item at least. 256 MiB by
    /// default.</summary>
    /// <remarks>
    /// Each graph has its own estimate, twice the tensors that are alive at once: a compiled explanation holds more than the forward pass
    /// and then runs in smaller batches. It is an estimate; weights and results are not counted, and runs on several threads count each.
    /// A model with a fixed number of items runs that many, whatever they take.
    /// </remarks>
    public long BatchMemoryBytes { get; init; } = 256L << 20;

    /// <summary>The most items that run in one batch, however much memory there is; 16 by default, beyond which CPUs gain
    /// nothing.</summary>
    public int LargestBatch { get; init; } = 16;

    /// <summary>The most compiled explanations (a method with its options) that the model keeps ready; 32 by default.</summary>
    /// <remarks>Each holds a session; on the CPU they share the weights. Beyond the bound the one that was not used for longest is ended,
    /// and compiled again when asked for.</remarks>
    public int LargestProgramCache { get; init; } = 32;

    /// <summary>The most bytes that the compiled explanations which the model keeps ready may take; 1 GiB by default.</summary>
    /// <remarks>An estimate: the weights that they share, in the runtime's layouts too, and each session's graph; and, while another is
    /// made, what that takes for a moment beyond 256 MiB. Beyond the bound those that were not used for longest are ended; the one in use
    /// stays, whatever it takes. Not counted: the runtime and the model as it was read, and what runs take (see
    /// <see cref="BatchMemoryBytes"/>).</remarks>
    public long ProgramCacheBytes { get; init; } = 1L << 30;

    /// <summary>What the model takes and gives, as far as it is to be said: goes before what the model's metadata say. Null by default:
    /// the metadata, and what the graph tells.</summary>
    public ModelContract? Contract { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(DeviceId);
        Guard.Require(Threads is >= 0 and <= MaximumThreads, nameof(Threads), Threads, $"0 (one per core) to {MaximumThreads}");
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchMemoryBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestBatch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestProgramCache, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ProgramCacheBytes, 1);
    }
}
