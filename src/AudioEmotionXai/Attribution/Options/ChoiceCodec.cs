namespace AudioEmotionXai;

/// <summary>One of a few named values: an enum's members, or true and false.</summary>
internal sealed class ChoiceCodec<T> : OptionCodec<T>
    where T : struct
{
    private readonly (string Name, T Value)[] _choices;

    public ChoiceCodec(params ReadOnlySpan<(string Name, T Value)> choices)
        : this(choices.ToArray())
    {
    }

    private ChoiceCodec((string Name, T Value)[] choices)
        : base($"one of {string.Join(", ", choices.Select(choice => choice.Name))}", [.. choices.Select(choice => choice.Name)]) =>
        _choices = choices;

    public override T Read(string text)
    {
        foreach ((string name, T value) in _choices)
            if (name == text)
                return value;
        throw Expected();
    }

    public override string Write(T value)
    {
        foreach ((string name, T choice) in _choices)
            if (EqualityComparer<T>.Default.Equals(choice, value))
                return name;
        return value.ToString() ?? "";
    }
}
