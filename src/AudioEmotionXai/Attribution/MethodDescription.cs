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
    /// <exception cref="ArgumentException">An option is unknown, a value cannot be read, or the options do not fit together.</exception>
    public AttributionMethod Create(IEnumerable<KeyValuePair<string, string>>? options = null)
    {
        AttributionMethod method = Default;
        foreach ((string name, string value) in options ?? [])
            method = Find(name).Apply(Id, method, value);
        method.Validate();
        return method;
    }

    private MethodOption Find(string name)
    {
        foreach (MethodOption option in Options)
            if (option.Name == name)
                return option;
        string known = Options.Count == 0 ? "it has none" : $"its options are {string.Join(", ", Options.Select(option => option.Name))}";
        throw new ArgumentException($"The method '{Id}' has no option '{name}': {known}.");
    }
}
