namespace AudioEmotionXai.Checkpoints;

/// <summary>
/// What the names in a pickle mean to this library. A name that a vocabulary does not know is refused before anything is built;
/// a known one maps to a few lines of this library's own code that read plain values. No code comes from the file.
/// </summary>
internal abstract class PickleVocabulary
{
    /// <summary>What is being read, for messages: "a state dict", "a label mapping".</summary>
    public abstract string Purpose { get; }

    /// <summary>Whether the pickle may name this.</summary>
    public abstract bool Knows(PickleGlobal global);

    /// <summary>The plain value that stands for calling <paramref name="callable"/>.</summary>
    /// <exception cref="PickleRefusedException">It cannot be called, or not with these arguments.</exception>
    public abstract object? Call(PickleGlobal callable, PickleTuple arguments);

    /// <summary>The plain value that a persistent id stands for.</summary>
    /// <exception cref="PickleRefusedException">The id says nothing to this vocabulary.</exception>
    public virtual object? Resolve(object? persistentId) =>
        throw new PickleRefusedException($"holds a persistent id, which {Purpose} does not need");

    /// <summary>Gives <paramref name="target"/> its state.</summary>
    /// <exception cref="PickleRefusedException">The target takes no such state.</exception>
    public virtual void SetState(object? target, object? state) =>
        throw new PickleRefusedException($"sets a state where {Purpose} needs none");
}
