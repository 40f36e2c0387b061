using System.Text.Json;
using System.Text.Json.Serialization;

namespace AudioEmotionXai;

/// <summary>
/// What a model takes and gives, as far as one says it: which input is explained and what its axes mean, what its other inputs are fed,
/// which output holds the scores and what they are, and the classes' names. What is left out is worked out from the graph, and said
/// (<see cref="AudioClassifier.Contract"/>). Travels in the model's metadata, or comes with
/// <see cref="AudioClassifierOptions.Contract"/>, which goes first.
/// </summary>
public sealed record ModelContract
{
    /// <summary>The input that is explained: its name. Default: the only one that takes numbers of a signal.</summary>
    public string? Input { get; init; }

    /// <summary>What the axes of that input mean, such as <c>n c f t</c>, <c>n t f</c>, <c>n f t c</c>, <c>n s</c> or <c>n d</c>.</summary>
    public InputLayout? Layout { get; init; }

    /// <summary>
    /// What other inputs are fed, by name: <c>length</c> (the explained input's frames or samples, one number per item), <c>ones</c> or
    /// <c>zeros</c> of the declared shape (free lengths as the explained input's), or a number such as <c>16000</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Feeds { get; init; } = new Dictionary<string, string>();

    /// <summary>The output with the scores: its name. Default: the only one that can be scores.</summary>
    public string? Output { get; init; }

    /// <summary>What the scores are.</summary>
    public ClassHead? Head { get; init; }

    /// <summary>How scores of frames become those of a clip, where the model gives (N, frames, classes) or (N, classes, frames).</summary>
    public FrameReduction? Frames { get; init; }

    /// <summary>The names of the classes in the order of the scores.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>How a recording becomes the input. In a model's metadata it stands by itself (<see cref="FrontEndContract"/>).</summary>
    public FrontEnd? FrontEnd { get; init; }

    /// <summary>The contract that a model carries in its metadata; one that says nothing where it carries none.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ModelFormatException">It carries one that cannot be read; the message names the member.</exception>
    public static ModelContract Of(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelContract contract = model.Metadata.TryGetValue(ModelMetadata.Contract, out string? json)
            ? Parse(json, $"{model.Name}, metadata '{ModelMetadata.Contract}'")
            : new ModelContract();
        return contract.Labels is null ? contract with { Labels = ModelMetadata.FindLabels(model) } : contract;
    }

    /// <summary>Reads a contract from JSON.</summary>
    /// <param name="json">An object with members <c>input</c>, <c>layout</c>, <c>feeds</c>, <c>output</c>, <c>head</c>, <c>frames</c>
    /// and <c>labels</c>, each optional.</param>
    /// <param name="source">What messages call it: a file, or a model.</param>
    /// <exception cref="ModelFormatException">A member is unknown, repeated, or holds what it cannot be; the message names it.</exception>
    public static ModelContract Parse(string json, string source)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            ContractJson? read = JsonSerializer.Deserialize(json, ContractContext.Default.ContractJson);
            return read?.ToContract() ?? throw new JsonException("it is null");
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            throw new ModelFormatException($"{source}: the contract cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>The contract as JSON, but for the front end; what is not said is left out.</summary>
    public string ToJson() => JsonSerializer.Serialize(ContractJson.From(this), ContractContext.Default.ContractJson);

    /// <summary>Writes this contract and its labels into a model's metadata.</summary>
    /// <param name="model">The model.</param>
    public void WriteTo(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.SetMetadata(ModelMetadata.Contract, ToJson());
        if (Labels is not null)
            ModelMetadata.SetLabels(model, Labels);
        if (FrontEnd is not null)
            FrontEndContract.For(FrontEnd, Labels ?? []).WriteTo(model);
    }

    /// <summary>What this contract says, and where it says nothing, what another does.</summary>
    /// <param name="other">The other.</param>
    public ModelContract Over(ModelContract other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Dictionary<string, string> feeds = new(other.Feeds);
        foreach ((string name, string value) in Feeds)
            feeds[name] = value;
        return new ModelContract
        {
            Input = Input ?? other.Input,
            Layout = Layout ?? other.Layout,
            Feeds = feeds,
            Output = Output ?? other.Output,
            Head = Head ?? other.Head,
            Frames = Frames ?? other.Frames,
            Labels = Labels ?? other.Labels,
            FrontEnd = FrontEnd ?? other.FrontEnd,
        };
    }

    /// <summary>Whether two contracts say the same.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(ModelContract? other) => other is not null && FrontEnd == other.FrontEnd && ToJson() == other.ToJson();

    /// <summary>A hash of what <see cref="Equals(ModelContract)"/> compares.</summary>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);
}

/// <summary>One part of a contract as it holds, and where it comes from.</summary>
/// <param name="Part">Which: input, layout, feed, output, head, frames or labels.</param>
/// <param name="Value">What holds, as text.</param>
/// <param name="Source">Who says so: given, the metadata, or what in the graph it was worked out from.</param>
/// <param name="IsAssumed">Whether nobody says so: the most usual was taken, and another can be given.</param>
public sealed record ContractPart(string Part, string Value, string Source, bool IsAssumed = false)
{
    /// <summary>Part, value and source as one line.</summary>
    public override string ToString() => $"{Part}: {Value} ({Source})";
}

/// <summary>A contract as it stands in a file.</summary>
internal sealed record ContractJson(
    string? Input, string? Layout, SortedDictionary<string, string>? Feeds, string? Output, string? Head, string? Frames,
    string[]? Labels)
{
    public static ContractJson From(ModelContract contract) => new(
        contract.Input,
        contract.Layout?.ToString(),
        contract.Feeds.Count == 0 ? null : new SortedDictionary<string, string>(contract.Feeds.ToDictionary(), StringComparer.Ordinal),
        contract.Output,
        contract.Head?.Name(),
        contract.Frames?.ToString().ToLowerInvariant(),
        contract.Labels is { } labels ? [.. labels] : null);

    public ModelContract ToContract() => new()
    {
        Input = Input,
        Layout = Layout is { } layout ? InputLayout.Parse(layout) : null,
        Feeds = Feeds ?? [],
        Output = Output,
        Head = Read<ClassHead>("head", Head),
        Frames = Read<FrameReduction>("frames", Frames),
        Labels = Labels?.Contains(null) == true ? throw new JsonException("a label is null") : Labels,
    };

    private static T? Read<T>(string member, string? text)
        where T : struct, Enum
    {
        if (text is null)
            return null;
        return Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])
            ? value
            : throw new JsonException(
                $"'{member}' is '{text}'; expected {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}");
    }
}

[JsonSerializable(typeof(ContractJson))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
internal sealed partial class ContractContext : JsonSerializerContext;
