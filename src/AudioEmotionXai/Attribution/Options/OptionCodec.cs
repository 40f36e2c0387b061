using System.Globalization;
using System.Numerics;

namespace AudioEmotionXai;

/// <summary>The codecs that the generated registry names, one for every type an option may have.</summary>
internal static class OptionCodec
{
    /// <summary>How null is written where an option may be left out.</summary>
    public const string None = "none";

    public static OptionCodec<int> Int32 { get; } = new NumberCodec<int>("an integer", NumberStyles.AllowLeadingSign);

    public static OptionCodec<long> Int64 { get; } = new NumberCodec<long>("an integer", NumberStyles.AllowLeadingSign);

    public static OptionCodec<float> Single { get; } = new NumberCodec<float>("a number", NumberStyles.Float);

    public static OptionCodec<double> Double { get; } = new NumberCodec<double>("a number", NumberStyles.Float);

    public static OptionCodec<bool> Boolean { get; } = new ChoiceCodec<bool>(("false", false), ("true", true));

    public static OptionCodec<string> Text { get; } = new TextCodec();

    public static OptionCodec<AttributionMethod> Method { get; } = new MethodCodec();

    public static OptionCodec<T> Choice<T>(params ReadOnlySpan<(string Name, T Value)> choices)
        where T : struct => new ChoiceCodec<T>(choices);

    public static OptionCodec<T> Parsable<T>(string form)
        where T : IParsable<T> => new ParsableCodec<T>(form);

    public static OptionCodec<T?> OptionalValue<T>(OptionCodec<T> inner)
        where T : struct => new OptionalValueCodec<T>(inner);

    public static OptionCodec<T?> OptionalObject<T>(OptionCodec<T> inner)
        where T : class => new OptionalObjectCodec<T>(inner);
}

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

/// <summary>Finite numbers, shortest text that reads back; no thousands separators, so that a decimal comma is refused rather than
/// dropped.</summary>
internal sealed class NumberCodec<T>(string kind, NumberStyles styles) : OptionCodec<T>(kind, [])
    where T : INumber<T>
{
    public override T Read(string text) =>
        T.TryParse(text, styles, CultureInfo.InvariantCulture, out T? value) && T.IsFinite(value) ? value : throw Expected();

    public override string Write(T value)
    {
        string text = value.ToString(null, CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0
            ? text
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{text[..exponent]}e{int.Parse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}");
    }
}

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

/// <summary>Any text that is not empty: a tensor's name, a path.</summary>
internal sealed class TextCodec() : OptionCodec<string>("a text", [])
{
    public override string Read(string text) => text.Length > 0 ? text : throw Expected();

    public override string Write(string value) => value;
}

/// <summary>A type that reads itself from text; its <c>ToString</c> must write what it reads.</summary>
internal sealed class ParsableCodec<T>(string form) : OptionCodec<T>(form, [])
    where T : IParsable<T>
{
    public override T Read(string text) => T.Parse(text, CultureInfo.InvariantCulture);

    public override string Write(T value) =>
        value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString() ?? "";
}

/// <summary>Another method, which the one that has this option wraps: <c>gradient</c>, or <c>"lrp rules=epsilon"</c>.</summary>
internal sealed class MethodCodec() : OptionCodec<AttributionMethod>("a method's id, or an id with options between blanks", [])
{
    public override AttributionMethod Read(string text) => AttributionMethods.Parse(text);

    public override string Write(AttributionMethod value) => value.ToString();
}

/// <summary>A value that may be left out: <c>none</c> is null.</summary>
internal sealed class OptionalValueCodec<T>(OptionCodec<T> inner)
    : OptionCodec<T?>($"{inner.Kind}, or none", [.. inner.Choices, .. inner.Choices.Count > 0 ? [OptionCodec.None] : Array.Empty<string>()])
    where T : struct
{
    public override T? Read(string text) => text == OptionCodec.None ? null : inner.Read(text);

    public override string Write(T? value) => value is { } present ? inner.Write(present) : OptionCodec.None;
}

/// <summary>An object that may be left out: <c>none</c> is null.</summary>
internal sealed class OptionalObjectCodec<T>(OptionCodec<T> inner) : OptionCodec<T?>($"{inner.Kind}, or none", inner.Choices)
    where T : class
{
    public override T? Read(string text) => text == OptionCodec.None ? null : inner.Read(text);

    public override string Write(T? value) => value is { } present ? inner.Write(present) : OptionCodec.None;
}
