namespace AudioEmotionXai.Checkpoints;

/// <summary>Why an instruction of a pickle was refused; <see cref="PickleReader"/> adds the file and the place before a caller sees
/// it.</summary>
internal sealed class PickleRefusedException(string reason) : Exception(reason);
