namespace AudioEmotionXai;

/// <summary>Reads an option's value from text and writes it so that it reads back; invariant notation.</summary>
/// <param name="kind">What it takes, as a sentence needs it: <c>an integer</c>.</param>
/// <param name="choices">All values where they can be listed; else empty.</param>
internal abstract class OptionCodec<T>(string kind, IReadOnlyList<string> choices)
{
    public string Kind { get; } = kind;

    public IReadOnlyList<string> Choices { get; } = choices;

    /// <summary>The value; a <see cref="FormatException"/> or <see cref="ArgumentException"/> whose message says what is
    /// expected.</summary>
    public abstract T Read(string text);

    public abstract string Write(T value);

    protected FormatException Expected() => new($"{Kind} is expected.");
}
