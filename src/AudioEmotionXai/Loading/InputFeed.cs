using System.Globalization;

namespace AudioEmotionXai;

/// <summary>Feeds one further input of a model inside the graph.</summary>
internal sealed class InputFeed(OnnxModel model, OnnxValueInfo input, OnnxValueInfo other, int start)
{
    private const string Length = "length", Ones = "ones", Zeros = "zeros";

    private int _count;
    private InputLayout? _layout;

    /// <summary>Whether an input is a state that runs on from call to call: by its name, and an output of its type and number of
    /// axes.</summary>
    public static bool IsState(OnnxModel model, OnnxValueInfo input)
    {
        string name = input.Name.ToLowerInvariant();
        return name is "h" or "c" or "h0" or "c0" or "hn" or "cn"
            || ((name.Contains("state", StringComparison.Ordinal) || name.Contains("hidden", StringComparison.Ordinal)
                    || name.Contains("cache", StringComparison.Ordinal))
                && model.Outputs.Any(output => output.Shape?.Count == input.Shape?.Count && output.ElementType == input.ElementType));
    }

    /// <summary>Whether a name is that of a mask of what is heard.</summary>
    public static bool IsMask(string name) => name.Contains("mask", StringComparison.OrdinalIgnoreCase);

    /// <summary>Puts the nodes that make the input at the front; returns where the next ones go.</summary>
    public int Make(ContractSource asked, List<ContractPart> facts)
    {
        _layout = asked.Contract.Layout;
        bool isSaid = asked.Contract.Feeds.TryGetValue(other.Name, out string? value);
        (string feed, string why) = isSaid ? (value!, asked.SourceOf(other.Name)) : Guess();
        facts.Add(new("feed", $"{other.Name} = {feed}", isSaid ? why : $"assumed: {why}; --feed says it otherwise", !isSaid));
        model.RemoveInput(other.Name);
        switch (feed)
        {
            case Length:
                MakeLength();
                break;
            case Ones:
                MakeFilled(1);
                break;
            case Zeros:
                MakeFilled(0);
                break;
            default:
                MakeFilled(
                    double.TryParse(feed, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                        ? number
                        : throw new ModelFormatException(
                            $"{model.Name}: the input '{other.Name}' is to be fed '{feed}'; expected length, ones, zeros or a number."));
                break;
        }

        return start + _count;
    }

    private (string Feed, string Why) Guess()
    {
        string name = other.Name.ToLowerInvariant();
        bool isWhole = other.ElementType is OnnxElementType.Int64 or OnnxElementType.Int32;
        if (IsMask(name) && name.Contains("pad", StringComparison.Ordinal))
            return (Zeros, "by its name it marks padding, and there is none");
        if (IsMask(name))
            return (Ones, "by its name it marks what is heard, which is all");
        if (isWhole && name.Contains("len", StringComparison.Ordinal) && other.Shape is { Count: <= 1 })
            return (Length, "by its name it is how much is heard, which is all");
        if (IsState(model, other))
            return (Zeros, "by its name it is what came before, which is nothing");
        throw new ModelFormatException(
            $"{model.Name}: it is not clear what the further input {other} is to be fed: say so by the contract's 'feeds' "
                + $"(--feed {other.Name}=VALUE, VALUE length, ones, zeros or a number).");
    }

    /// <summary>How many frames or samples the explained input has: along the layout's time, or the last free axis, or the last, for every
    /// item.</summary>
    private void MakeLength()
    {
        int axis = TimeAxis();
        string shape = Node("Shape", "shape", [input.Name]);
        string length = Node("Gather", "length", [shape, Constant("axis", axis)], node => node.Set("axis", 0));
        string whole = Node("Expand", "lengths", [length, other.Shape is { Count: 1 } ? Items(shape) : Constant("scalar")]);
        Node("Cast", other.Name, [whole], node => node.Set("to", (long)other.ElementType), isLast: true);
    }

    private void MakeFilled(double value)
    {
        if (other.Shape is null)
            throw new ModelFormatException($"{model.Name}: the input '{other.Name}' has no declared shape, and cannot be fed '{value}'.");
        OnnxTensor filler = OnnxTensor.FromFloats($"{other.Name}/value", [(float)value], 1);
        string filled;
        if (other.Shape.All(length => length.Value is not null))
        {
            filled = Node(
                "ConstantOfShape", "filled", [Constant("shape", [.. other.Shape.Select(length => length.Value!.Value)])],
                node => node.Set("value", filler));
        }
        else
        {
            string shape = Node("Shape", "shape", [input.Name]);
            List<string> lengths = [];
            for (int axis = 0; axis < other.Shape.Count; axis++)
                lengths.Add(other.Shape[axis].Value is { } known
                    ? Constant($"length_{axis}", [known])
                    : Node(
                        "Gather", $"length_{axis}", [shape, Constant($"axis_{axis}", [AxisLike(axis)])], node => node.Set("axis", 0)));
            string target = Node("Concat", "lengths", [.. lengths], node => node.Set("axis", 0));
            filled = Node("ConstantOfShape", "filled", [target], node => node.Set("value", filler));
        }

        Node("Cast", other.Name, [filled], node => node.Set("to", (long)other.ElementType), isLast: true);
    }

    /// <summary>The axis of the explained input whose length a free axis has: that of the same name, the items for the first, else its
    /// time.</summary>
    private int AxisLike(int axis)
    {
        if (other.Shape![axis].Symbol is { } symbol)
            for (int own = 0; own < input.Shape!.Count; own++)
                if (input.Shape[own].Symbol == symbol)
                    return own;
        return axis == 0 || IsState(model, other) ? 0 : TimeAxis();
    }

    private int TimeAxis()
    {
        if (_layout is { } layout && layout.Axes.Count == input.Shape!.Count
            && Math.Max(layout.IndexOf(InputAxis.Time), layout.IndexOf(InputAxis.Samples)) is > 0 and int said)
            return said;
        for (int axis = input.Shape!.Count - 1; axis > 0; axis--)
            if (input.Shape[axis].Value is null)
                return axis;
        return input.Shape.Count - 1;
    }

    private string Items(string shape) => Node("Gather", "items", [shape, Constant("first", [0])], node => node.Set("axis", 0));

    private string Constant(string name, params ReadOnlySpan<long> values)
    {
        string full = $"{other.Name}/{name}";
        model.AddInitializer(OnnxTensor.FromInt64s(full, values, values.Length));
        return full;
    }

    private string Constant(string name, long value)
    {
        string full = $"{other.Name}/{name}";
        model.AddInitializer(OnnxTensor.FromInt64s(full, [value]));
        return full;
    }

    private string Node(string operation, string name, string[] inputs, Action<OnnxNode>? set = null, bool isLast = false)
    {
        string output = isLast ? name : $"{other.Name}/{name}";
        OnnxNode node = new(operation, $"{other.Name}/{operation}_{_count}", inputs, [output]);
        set?.Invoke(node);
        model.Insert(start + _count++, node);
        return output;
    }
}
