namespace AudioEmotionXai;

/// <summary>Works out what the axes of a model's input mean from what the graph does to them first.</summary>
internal static class LayoutFinder
{
    // Shorter rows of numbers are features; a second of speech has 16,000 samples
    private const int LeastSamples = 400, MostChannels = 4;

    /// <summary>The layout, or null where the graph does not tell.</summary>
    /// <exception cref="ModelFormatException">The layout that is said does not fit the input.</exception>
    public static InputLayout? Find(
        OnnxModel model, OnnxValueInfo input, ContractSource asked, AxisUses uses, List<ContractPart> facts)
    {
        if (asked.Contract.Layout is { } said)
        {
            InputLayout whole = said.IndexOf(InputAxis.Items) < 0 ? new InputLayout([InputAxis.Items, .. said.Axes]) : said;
            if (whole.Axes.Count != input.Shape!.Count)
                throw new ModelFormatException(
                    $"{model.Name}: the layout '{said}' has {whole.Axes.Count} axes, but the input is {input}.");
            facts.Add(new("layout", whole.ToString(), asked.SourceOf("layout")));
            return whole;
        }

        (string? letters, string why) = Guess(input, uses);
        if (letters is null)
        {
            facts.Add(new("layout", "not known", "the graph does not tell; --layout says it"));
            return null;
        }

        facts.Add(new("layout", letters, why));
        return InputLayout.Parse(letters);
    }

    private static (string? Letters, string Why) Guess(OnnxValueInfo input, AxisUses uses) => input.Shape!.Count switch
    {
        2 => OfTwo(input.Shape[1], uses.FirstOf(1)),
        3 => OfThree(input.Shape, uses),
        4 => OfFour(input.Shape, uses),
        _ => (null, ""),
    };

    private static (string? Letters, string Why) OfTwo(OnnxDimension length, (AxisUse Use, string Node)? first)
    {
        bool isLong = length.Value is null or >= LeastSamples;
        return first switch
        {
            (AxisUse.Contracted, var node) => ("n d", $"{node} sums over the whole axis"),
            (_, var node) when isLong => ("n s", $"{node} runs along the axis"),
            (_, var node) => ("n d", $"assumed: {length} numbers, along which {node} runs"),
            _ => isLong ? ("n s", "assumed: a long row of numbers") : ("n d", "assumed: a short row of numbers"),
        };
    }

    private static (string? Letters, string Why) OfThree(IReadOnlyList<OnnxDimension> shape, AxisUses uses)
    {
        ((AxisUse Use, string Node)? first, (AxisUse Use, string Node)? second) = (uses.FirstOf(1), uses.FirstOf(2));
        bool isLong = shape[2].Value is null or >= LeastSamples;
        if (uses.FirstPlane is { } plane && first?.Use == AxisUse.Window && second?.Use == AxisUse.Window)
            return plane[0] == 1
                ? ("n f t", $"assumed: {first.Value.Node} has the first axis as height, which mostly is frequency")
                : ("n t f", $"{first.Value.Node} has the last axis as height, which mostly is frequency");
        if (second is (AxisUse.Window or AxisUse.Transformed, var along))
        {
            if (shape[1].Value is 1 or 2 && isLong)
                return ("n c s", $"{along} runs along the last axis");
            if (first is null or (AxisUse.Contracted, _))
                return ("n f t", $"{along} runs along the last axis");
        }

        if (first is (AxisUse.Window or AxisUse.Steps or AxisUse.Transformed, var node) && second is null or (AxisUse.Contracted, _))
            return ("n t f", $"{first!.Value.Node} runs along the first axis");
        if (second is (AxisUse.Contracted, var sums) && first is null or (not AxisUse.Contracted, _))
            return ("n t f", $"{sums} sums over the last axis");
        return first is (AxisUse.Contracted, var mixes) && second is null ? ("n f t", $"{mixes} sums over the first axis") : (null, "");
    }

    private static (string? Letters, string Why) OfFour(IReadOnlyList<OnnxDimension> shape, AxisUses uses)
    {
        if (uses.FirstPlane is { } plane)
            switch (plane)
            {
                case [2, 3]:
                    return ("n c f t", "assumed: the first window's height is frequency, its width time");
                case [3, 2]:
                    return ("n c t f", "assumed: the first window's height is frequency, its width time");
                case [1, 2]:
                    return ("n f t c", "assumed: the first window's height is frequency, its width time, and channels come last");
                case [2, 1]:
                    return ("n t f c", "assumed: the first window's height is frequency, its width time, and channels come last");
            }

        return shape switch
        {
            [_, { Value: >= 1 and <= MostChannels }, _, _] => ("n c f t", "assumed: few channels come first"),
            [_, _, _, { Value: >= 1 and <= MostChannels }] => ("n f t c", "assumed: few channels come last"),
            _ => (null, ""),
        };
    }
}
