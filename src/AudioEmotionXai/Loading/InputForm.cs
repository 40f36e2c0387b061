using System.Globalization;

namespace AudioEmotionXai;

/// <summary>
/// Brings the inputs of a model into the form of one float32 tensor whose first axis is the items: picks the one that is explained, feeds
/// the others inside the graph, and adds the axis of items where the model takes one clip.
/// </summary>
internal static class InputForm
{
    // A gibibyte of float32
    private const long MostInputCells = 1L << 28;

    /// <summary>Changes a model in place.</summary>
    /// <param name="model">The model.</param>
    /// <param name="asked">What is said of it.</param>
    /// <param name="facts">Gets what was taken, and why.</param>
    /// <returns>The input.</returns>
    /// <exception cref="ModelFormatException">No input, or more than one, can be the explained one, or another cannot be fed; the message
    /// names the option that settles it.</exception>
    public static OnnxValueInfo Make(OnnxModel model, ContractSource asked, List<ContractPart> facts)
    {
        OnnxValueInfo input = Choose(model, asked, facts);
        ThrowIfUnfit(model, input);
        if (input.Shape!.Count == 1)
            input = AddItems(model, input, asked, facts);
        foreach (string name in asked.Contract.Feeds.Keys)
            if (!model.Inputs.Any(other => other.Name == name) || name == input.Name)
                throw new ModelFormatException(
                    $"{model.Name}: '{name}' is to be fed, but is no further input; there are "
                        + $"{ShortList.Of([.. model.Inputs.Select(other => other.Name).Where(other => other != input.Name)])}.");
        int start = 0;
        foreach (OnnxValueInfo other in model.Inputs.Where(other => other.Name != input.Name).ToList())
            start = new InputFeed(model, input, other, start).Make(asked, facts);
        return input;
    }

    private static OnnxValueInfo Choose(OnnxModel model, ContractSource asked, List<ContractPart> facts)
    {
        IReadOnlyList<OnnxValueInfo> inputs = model.Inputs;
        if (asked.Contract.Input is { } name)
        {
            OnnxValueInfo named = inputs.FirstOrDefault(input => input.Name == name)
                ?? throw new ModelFormatException(
                    $"{model.Name}: there is no input '{name}'; there are {ShortList.Of([.. inputs.Select(input => input.Name)])}.");
            facts.Add(new("input", named.ToString(), asked.SourceOf("input")));
            return named;
        }

        if (inputs.Count == 0)
            throw new ModelFormatException($"{model.Name}: has no input; an audio classifier takes one at least.");
        List<OnnxValueInfo> signals =
            [.. inputs.Where(input => IsSignal(input) && !asked.Contract.Feeds.ContainsKey(input.Name))];
        // States start at zero and come back as outputs of the same shape
        if (signals.Count > 1)
            signals.RemoveAll(input => InputFeed.IsState(model, input) || InputFeed.IsMask(input.Name));
        if (signals.Count == 1 || inputs.Count == 1)
        {
            OnnxValueInfo only = signals.Count == 1 ? signals[0] : inputs[0];
            facts.Add(
                new("input", only.ToString(), inputs.Count == 1 ? "the only input" : "the only input that can be a signal"));
            return only;
        }

        throw new ModelFormatException(
            $"{model.Name}: has {inputs.Count} inputs ({string.Join("; ", inputs)}), and it is not clear which one is explained: say so by "
                + "the contract's 'input' (--input NAME).");
    }

    private static bool IsSignal(OnnxValueInfo input) =>
        input.ElementType
            is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16
        && input.Shape is null or { Count: > 0 };

    private static void ThrowIfUnfit(OnnxModel model, OnnxValueInfo input)
    {
        if (input.ElementType != OnnxElementType.Float || input.Shape is null or { Count: < 1 })
            throw new ModelFormatException(
                $"{model.Name}: the input is {input}; a tensor of floating-point numbers with the items as its first axis was expected.");
        if (input.Shape.Any(length => length.Value is < 1 or > int.MaxValue))
            throw new ModelFormatException($"{model.Name}: the input is {input}; lengths from 1 to {int.MaxValue} were expected.");
        Int128 cells = 1;
        foreach (OnnxDimension length in input.Shape)
            cells = Int128.Min(cells * (length.Value ?? 1), long.MaxValue);
        if (cells > MostInputCells)
            throw new ModelFormatException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{model.Name}: the input is {input}: {cells} values; at most {MostInputCells} are supported."));
    }

    /// <summary>A model of one clip, (samples), takes batches of one: (1, samples).</summary>
    private static OnnxValueInfo AddItems(OnnxModel model, OnnxValueInfo input, ContractSource asked, List<ContractPart> facts)
    {
        OnnxValueInfo batch = input with { Shape = [1, .. input.Shape!] };
        string inner = $"{input.Name}/clip";
        foreach (OnnxNode node in model.Nodes)
            node.ReplaceUses(input.Name, inner);
        model.AddInitializer(OnnxTensor.FromInt64s($"{inner}/first", [0], 1));
        model.Insert(
            0, model.Opset >= 13
                ? new OnnxNode("Squeeze", inner, [input.Name, $"{inner}/first"], [inner])
                : new OnnxNode("Squeeze", inner, [input.Name], [inner]).Set("axes", [0L]));
        model.ReplaceInput(batch);
        facts.Add(new("items", "1", "the input has no axis of items"));
        return batch;
    }
}

/// <summary>A contract, and which of its members were given rather than read from the model.</summary>
/// <param name="Contract">What holds.</param>
/// <param name="Given">What was given in code or on the command line.</param>
internal sealed record ContractSource(ModelContract Contract, ModelContract Given)
{
    /// <summary>How many classes there are, where that is known from another look at the model.</summary>
    public int? Classes { get; init; }

    public static ContractSource Of(OnnxModel model, ModelContract? given)
    {
        ModelContract own = given ?? new ModelContract();
        return new ContractSource(own.Over(ModelContract.Of(model)), own);
    }

    public string SourceOf(string part)
    {
        bool isGiven = part switch
        {
            "input" => Given.Input is not null,
            "layout" => Given.Layout is not null,
            "output" => Given.Output is not null,
            "head" => Given.Head is not null,
            "frames" => Given.Frames is not null,
            "labels" => Given.Labels is not null,
            _ => Given.Feeds.ContainsKey(part),
        };
        return isGiven ? "given" : "the model's metadata";
    }
}
