namespace AudioEmotionXai;

/// <summary>
/// Normalisations of single items that an exporter wrote as several operators: means, differences, squares, a root, a quotient, scale and
/// offset; also a GroupNormalization as Reshape, InstanceNormalization and Reshape. Relevance passes them as it passes the one operator:
/// what arrives at the last of them goes to what the first of them reads, as statistics count as constants.
/// </summary>
internal sealed class WrittenOutNormalizations
{
    private readonly Dictionary<string, OnnxNode> _producers = [];
    private readonly ILookup<string, OnnxNode> _readers;
    private readonly Dictionary<OnnxNode, (string Source, string? Gamma, string? Beta)> _found = [];
    private readonly Dictionary<string, WrittenOutNormalization> _ofNodes = [];
    private readonly OnnxModel _model;
    private readonly ShapeTable _shapes;

    public WrittenOutNormalizations(OnnxModel model, ShapeTable shapes)
    {
        _model = model;
        _shapes = shapes;
        foreach (OnnxNode node in model.Nodes)
            foreach (string output in node.Outputs)
                _producers[output] = node;
        _readers = model.Nodes.SelectMany(node => node.Inputs.Distinct(), (node, input) => (node, input))
            .ToLookup(pair => pair.input, pair => pair.node);
        foreach (OnnxNode node in model.Nodes)
            if (node.Domain.Length == 0 && !FrontEndRules.Covers(node) && SourceOf(node) is { } source)
                Keep(node, source);
        foreach ((OnnxNode end, (string source, string? gamma, string? beta)) in _found)
        {
            WrittenOutNormalization found = new(source, end.Outputs[0], Group(end, source), gamma, beta);
            foreach (OnnxNode node in found.Nodes)
                if (node == end || !_found.ContainsKey(node))
                    _ofNodes.TryAdd(node.Outputs[0], found);
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _found.Count;

    /// <summary>The normalisation that a node is part of and works for alone; null for other nodes.</summary>
    public WrittenOutNormalization? Of(OnnxNode node) => _ofNodes.GetValueOrDefault(node.Outputs[0]);

    /// <summary>Follows a constant scale and offset to the last node.</summary>
    private void Keep(OnnxNode node, string source)
    {
        OnnxNode last = node;
        string?[] constants = [null, null];
        foreach ((string affine, int which) in ((string, int)[])[("Mul", 0), ("Add", 1)])
            if (_readers[last.Outputs[0]].ToList() is [{ } next]
                && next.OpType == affine && IsWithConstant(next) && HasShapeOf(next, source))
                (last, constants[which]) = (next, next.Inputs[IsConstant(next.Inputs[0]) ? 0 : 1]);
        if (HasShapeOf(last, source))
            _found[last] = (source, constants[0], constants[1]);
    }

    /// <summary>The last node, and those before it that nothing else reads.</summary>
    private HashSet<OnnxNode> Group(OnnxNode end, string source)
    {
        HashSet<OnnxNode> group = [];
        Collect(end, source, group);
        bool IsOfOthers(OnnxNode node) => node != end
            && node.Outputs.Any(output => IsOutput(output) || _readers[output].Any(reader => !group.Contains(reader)));
        while (group.RemoveWhere(IsOfOthers) > 0)
            continue;
        return group;
    }

    private void Collect(OnnxNode end, string source, HashSet<OnnxNode> group)
    {
        Stack<OnnxNode> open = new([end]);
        while (open.TryPop(out OnnxNode? node))
            if (group.Add(node))
                foreach (string input in node.Inputs)
                    if (input != source && _producers.TryGetValue(input, out OnnxNode? producer))
                        open.Push(producer);
    }

    private bool IsOutput(string tensor) => _model.Outputs.Any(output => output.Name == tensor);

    private string? SourceOf(OnnxNode node) => node.OpType switch
    {
        "Div" => Standardized(node.Inputs[0], RootOf(node.Inputs[1])),
        "Mul" => Standardized(node.Inputs[0], Inverse(node.Inputs[1])) ?? Standardized(node.Inputs[1], Inverse(node.Inputs[0])),
        "Add" => Unfolded(node.Inputs[0], node.Inputs[1]) ?? Unfolded(node.Inputs[1], node.Inputs[0]),
        "Reshape" => Grouped(node),
        _ => null,
    };

    /// <summary>The tensor whose deviation from its mean, or which itself, is divided by the root of its mean square.</summary>
    private string? Standardized(string dividend, string? meanSquare)
    {
        if (meanSquare is null || SquareUnderMean(meanSquare) is not { } squared)
            return null;
        if (Centred(squared) is { } x)
            return dividend == squared || Centred(dividend) == x ? x : null;
        return dividend == squared ? dividend : null;
    }

    /// <summary>x r + (beta - mean r) with r = gamma / root, as TensorFlow's exporter has it.</summary>
    private string? Unfolded(string product, string rest)
    {
        if (Find(product, "Mul") is not { } scaled
            || Find(rest, "Sub") is not { } offset
            || Find(offset.Inputs[1], "Mul") is not { } shifted)
            return null;
        foreach (string factor in scaled.Inputs.Intersect(shifted.Inputs))
        {
            string x = Other(scaled, factor), mean = Other(shifted, factor);
            if (MeanOf(mean) == x && ScaleFree(factor) is { } inverse && Inverse(inverse) is { } square
                && SquareUnderMean(square) is { } squared && Centred(squared) == x)
                return x;
        }

        return null;
    }

    /// <summary>What is multiplied with a constant, or the tensor itself.</summary>
    private string? ScaleFree(string tensor) =>
        Find(tensor, "Mul") is { } scaled && IsWithConstant(scaled) ? scaled.Inputs[IsConstant(scaled.Inputs[0]) ? 1 : 0] : tensor;

    /// <summary>Reshape behind an InstanceNormalization behind a Reshape of a tensor of the same shape.</summary>
    private string? Grouped(OnnxNode node) =>
        Find(node.Inputs[0], "InstanceNormalization") is { } norm && Find(norm.Inputs[0], "Reshape") is { } apart ? apart.Inputs[0] : null;

    /// <summary>Of 1 / sqrt(v + epsilon): v + epsilon.</summary>
    private string? Inverse(string tensor)
    {
        if (Find(tensor, "Reciprocal") is { } reciprocal)
            return RootOf(reciprocal.Inputs[0]);
        if (Find(tensor, "Div") is { } quotient && IsConstant(quotient.Inputs[0]))
            return RootOf(quotient.Inputs[1]);
        return PowerOf(tensor, -0.5f);
    }

    private string? RootOf(string tensor) => Find(tensor, "Sqrt") is { } root ? root.Inputs[0] : PowerOf(tensor, 0.5f);

    private string? PowerOf(string tensor, float exponent) =>
        Find(tensor, "Pow") is { } power && NumberOf(power.Inputs[1]) == exponent ? power.Inputs[0] : null;

    /// <summary>Of mean(a²) + epsilon: a; the epsilon may be left out.</summary>
    private string? SquareUnderMean(string tensor)
    {
        if (Find(tensor, "Add") is { } sum && IsWithConstant(sum))
            tensor = sum.Inputs[IsConstant(sum.Inputs[0]) ? 1 : 0];
        if (MeanOf(tensor) is not { } square)
            return null;
        if (Find(square, "Mul") is { } product && product.Inputs[0] == product.Inputs[1])
            return product.Inputs[0];
        return PowerOf(square, 2);
    }

    /// <summary>Of x - mean(x): x.</summary>
    private string? Centred(string tensor) =>
        Find(tensor, "Sub") is { } difference && MeanOf(difference.Inputs[1]) == difference.Inputs[0] ? difference.Inputs[0] : null;

    private string? MeanOf(string tensor) =>
        Find(tensor, "ReduceMean") is { } mean && mean.GetInt("keepdims", 1) != 0 ? mean.Inputs[0] : null;

    private OnnxNode? Find(string tensor, string opType)
    {
        while (_producers.TryGetValue(tensor, out OnnxNode? node) && node.Domain.Length == 0)
        {
            if (node.OpType == opType)
                return node;
            // Float32 stays float32
            if (node.OpType is not ("Cast" or "Identity"))
                return null;
            tensor = node.Inputs[0];
        }

        return null;
    }

    private static string Other(OnnxNode node, string input) => node.Inputs[node.Inputs[0] == input ? 1 : 0];

    private bool IsConstant(string tensor) => _model.Initializers.ContainsKey(tensor);

    private bool IsWithConstant(OnnxNode node) => IsConstant(node.Inputs[0]) != IsConstant(node.Inputs[1]);

    private float? NumberOf(string tensor) =>
        _model.Initializers.TryGetValue(tensor, out OnnxTensor? constant) && constant.Count == 1 ? constant.ToFloats()[0] : null;

    private bool HasShapeOf(OnnxNode node, string source) =>
        _shapes.ShapeOf(node.Outputs[0]) is { } shape && _shapes.ShapeOf(source) is { } other && shape.AsSpan().SequenceEqual(other);
}

/// <summary>A normalisation that is written as several operators.</summary>
/// <param name="Source">The tensor that it normalises.</param>
/// <param name="Result">The tensor that its last node writes.</param>
/// <param name="Nodes">Its nodes.</param>
/// <param name="Gamma">The constant that it multiplies with at its end, or null.</param>
/// <param name="Beta">The constant that it adds at its end, or null.</param>
internal sealed record WrittenOutNormalization(
    string Source, string Result, IReadOnlyCollection<OnnxNode> Nodes, string? Gamma, string? Beta);

/// <summary>What arrives behind a normalisation that is written out goes to what it normalises.</summary>
internal sealed record WrittenOutRule(string Source) : RelevanceRule
{
    internal override void Propagate(BackwardNode node) => node.SendTo(Source, node.Signal);
}
