namespace AudioEmotionXai;

/// <summary>Works out what the axes of a model's input mean from what the graph does to them first.</summary>
internal static class LayoutFinder
{
    // Shorter rows of numbers are features; a second of speech has 16,000 samples
    private const int LeastSamples = 400, MostChannels = 4;

    /// <summary>The layout, or null where the graph does not tell.</summary>
    /// <exception cref="ModelFormatException">The layout that is said does not fit the input.</exception>
    public static InputLayout? Find(
        OnnxModel model, OnnxValueInfo input, ContractSource asked, AxisUses uses, InputLayout? ofFrontEnd, List<ContractPart> facts)
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

        if (ofFrontEnd is not null)
        {
            facts.Add(new("layout", ofFrontEnd.ToString(), "what the front end gives"));
            return ofFrontEnd;
        }

        Guess? guess = GuessFrom(input, uses);
        if (guess is null)
        {
            facts.Add(new("layout", "not known", "the graph does not tell; --layout says it", IsAssumed: true));
            return null;
        }

        facts.Add(new(
            "layout", guess.Letters, guess.IsAssumed ? $"assumed: {guess.Why}; --layout says it otherwise" : guess.Why, guess.IsAssumed));
        return InputLayout.Parse(guess.Letters);
    }

    private static Guess? GuessFrom(OnnxValueInfo input, AxisUses uses) => input.Shape!.Count switch
    {
        2 => OfTwo(input.Shape[1], uses.FirstOf(1)),
        3 => OfThree(input.Shape, uses),
        4 => OfFour(input.Shape, uses),
        _ => null,
    };

    private static Guess? OfTwo(OnnxDimension length, (AxisUse Use, string Node)? first)
    {
        bool isLong = length.Value is null or >= LeastSamples;
        return first switch
        {
            (AxisUse.Contracted, var node) => new("n d", $"{node} sums over the whole axis"),
            (_, var node) when isLong => new("n s", $"{node} runs along the axis"),
            (_, var node) => new("n d", $"{length} numbers, along which {node} runs", IsAssumed: true),
            _ => isLong ? new("n s", "a long row of numbers", IsAssumed: true) : new("n d", "a short row of numbers", IsAssumed: true),
        };
    }

    private static Guess? OfThree(IReadOnlyList<OnnxDimension> shape, AxisUses uses)
    {
        ((AxisUse Use, string Node)? first, (AxisUse Use, string Node)? second) = (uses.FirstOf(1), uses.FirstOf(2));
        bool isLong = shape[2].Value is null or >= LeastSamples;
        if (uses.FirstPlane is { } plane && first?.Use == AxisUse.Window && second?.Use == AxisUse.Window)
            return plane[0] == 1
                ? new("n f t", $"{first.Value.Node} has the first axis as height, which mostly is frequency", IsAssumed: true)
                : new("n t f", $"{first.Value.Node} has the last axis as height, which mostly is frequency", IsAssumed: true);
        if (second is (AxisUse.Window or AxisUse.Transformed, var along))
        {
            if (shape[1].Value is 1 or 2 && isLong)
                return new("n c s", $"{along} runs along the last axis");
            if (first is null or (AxisUse.Contracted, _))
                return new("n f t", $"{along} runs along the last axis");
        }

        if (first is (AxisUse.Window or AxisUse.Transformed, var filters) && second is null && shape[2].Value == 1
            && shape[1].Value is null or >= LeastSamples)
            return new("n s c", $"{filters} runs along the first axis, and the last is one channel");
        if (first is (AxisUse.Window or AxisUse.Steps or AxisUse.Transformed, var node) && second is null or (AxisUse.Contracted, _))
            return new("n t f", $"{first!.Value.Node} runs along the first axis");
        if (second is (AxisUse.Contracted, var sums) && first is null or (not AxisUse.Contracted, _))
            return new("n t f", $"{sums} sums over the last axis");
        return first is (AxisUse.Contracted, var mixes) && second is null ? new("n f t", $"{mixes} sums over the first axis") : null;
    }

    private static Guess? OfFour(IReadOnlyList<OnnxDimension> shape, AxisUses uses)
    {
        const string Plane = "the first window's height is frequency, its width time";
        if (uses.FirstPlane is { } plane)
            switch (plane)
            {
                case [2, 3]:
                    return new("n c f t", Plane, IsAssumed: true);
                case [3, 2]:
                    return new("n c t f", Plane, IsAssumed: true);
                case [1, 2]:
                    return new("n f t c", $"{Plane}, and channels come last", IsAssumed: true);
                case [2, 1]:
                    return new("n t f c", $"{Plane}, and channels come last", IsAssumed: true);
            }

        return shape switch
        {
            [_, { Value: >= 1 and <= MostChannels }, _, _] => new("n c f t", "few channels come first", IsAssumed: true),
            [_, _, _, { Value: >= 1 and <= MostChannels }] => new("n f t c", "few channels come last", IsAssumed: true),
            _ => null,
        };
    }

    private sealed record Guess(string Letters, string Why, bool IsAssumed = false);
}
