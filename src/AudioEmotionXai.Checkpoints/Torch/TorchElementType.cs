namespace AudioEmotionXai.Checkpoints;

/// <summary>The element types of the storages that a state dict may hold.</summary>
internal enum TorchElementType
{
    Float32,
    Float64,
    Float16,
    BFloat16,
    Int64,
}
