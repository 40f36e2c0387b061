namespace AudioEmotionXai;

/// <summary>What there is to know about one registered method: what help texts, reports and the contract tests go by.</summary>
public sealed class MethodDescription
{
    internal MethodDescription(string id, string summary, AttributionMethod defaults, IReadOnlyList<MethodOption> options)
    {
        Id = id;
        Summary = summary;
        Default = defaults;
        Options = options;
    }

    /// <summary>The name, as in <c>--method id</c>.</summary>
    public string Id { get; }

    /// <summary>One line: what the method shows.</summary>
    public string Summary { get; }

    /// <summary>The method with every option at its default.</summary>
    public AttributionMethod Default { get; }

    /// <summary>The options in the order of their declaration.</summary>
    public IReadOnlyList<MethodOption> Options { get; }

    /// <summary>Whether the method is a single run of a compiled graph, so that it can be saved as an ONNX file.</summary>
    public bool Compiles => Default is CompiledMethod;

    /// <summary>The method with the given options set; the others stay at their defaults.</summary>
    /// <param name="options">Names and values as text, in invariant notation; a later value for a name replaces an earlier one.</param>
    /// <exception cref="MethodOptionException">An option is unknown, a value cannot be read, or the options do not fit
    /// together.</exception>
    public AttributionMethod Create(IEnumerable<KeyValuePair<string, string>>? options = null)
    {
        AttributionMethod method = Default;
        foreach ((string name, string value) in options ?? [])
            method = Find(name).Apply(Id, method, value);
        try
        {
            method.Validate();
        }
        catch (ArgumentException reason)
        {
            throw new MethodOptionException(MethodOptionException.MessageOf(reason), reason);
        }

        return method;
    }

    private MethodOption Find(string name)
    {
        foreach (MethodOption option in Options)
            if (option.Name == name)
                return option;
        string known = Options.Count == 0 ? "it has none" : $"its options are {string.Join(", ", Options.Select(option => option.Name))}";
        throw new MethodOptionException($"The method '{Id}' has no option '{name}': {known}.");
    }
}

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

    /// <summary>Whether a method's text can do without this option: it is none by default, and nobody set it.</summary>
    internal bool IsLeftOut(AttributionMethod method, AttributionMethod defaults) =>
        ValueIn(defaults) == OptionCodec.None && ValueIn(method) == OptionCodec.None;

    /// <summary>A copy of the method with this option set from text.</summary>
    internal AttributionMethod Apply(string id, AttributionMethod method, string text)
    {
        try
        {
            return _apply(method, text);
        }
        catch (Exception reason) when (reason is FormatException or ArgumentException or OverflowException)
        {
            throw new MethodOptionException(
                $"The option '{Name}' of the method '{id}' cannot be '{text}': {MethodOptionException.MessageOf(reason)}", reason);
        }
    }
}
