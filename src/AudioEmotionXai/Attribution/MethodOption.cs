namespace AudioEmotionXai;

/// <summary>What there is to know about one option of a method, and how it is read from text.</summary>
public sealed class MethodOption
{
    private readonly Func<AttributionMethod, string, AttributionMethod> _apply;
    private readonly Func<AttributionMethod, string> _write;

    private MethodOption(
        string name, string description, string kind, IReadOnlyList<string> choices,
        Func<AttributionMethod, string, AttributionMethod> apply, Func<AttributionMethod, string> write)
    {
        Name = name;
        Description = description;
        Kind = kind;
        Choices = choices;
        _apply = apply;
        _write = write;
    }

    /// <summary>The name, as in <c>--set name=value</c>.</summary>
    public string Name { get; }

    /// <summary>One line: what it does, in which unit.</summary>
    public string Description { get; }

    /// <summary>What kind of value it takes: <c>an integer</c>, <c>a number</c>, <c>true or false</c>, <c>a text</c> …</summary>
    public string Kind { get; }

    /// <summary>All values it takes where they can be listed; else empty.</summary>
    public IReadOnlyList<string> Choices { get; }

    internal static MethodOption Of<TMethod, TValue>(
        string name, string description, OptionCodec<TValue> codec, Func<TMethod, TValue> get, Func<TMethod, TValue, TMethod> with)
        where TMethod : AttributionMethod =>
        new(
            name, description, codec.Kind, codec.Choices, (method, text) => with((TMethod)method, codec.Read(text)),
            method => codec.Write(get((TMethod)method)));

    /// <summary>The option's value in a method, as text that reads back.</summary>
    /// <param name="method">A method that has this option.</param>
    public string ValueIn(AttributionMethod method) => _write(method);

    /// <summary>A copy of the method with this option set from text.</summary>
    internal AttributionMethod Apply(string id, AttributionMethod method, string text)
    {
        try
        {
            return _apply(method, text);
        }
        catch (Exception reason) when (reason is FormatException or ArgumentException or OverflowException)
        {
            throw new ArgumentException($"The option '{Name}' of the method '{id}' cannot be '{text}': {reason.Message}", reason);
        }
    }
}
