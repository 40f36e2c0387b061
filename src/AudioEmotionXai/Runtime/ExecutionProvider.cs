namespace AudioEmotionXai;

/// <summary>Where a model's graph runs.</summary>
public enum ExecutionProvider
{
    /// <summary>CUDA where the application brought the CUDA provider and a device answers, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>CUDA, or an error where it is not there.</summary>
    Cuda,
}
