namespace AudioEmotionXai;

/// <summary>What one node does to the axes of the tensors that it reads.</summary>
internal sealed class AxisRules(
    ShapeTable shapes, OnnxNode node, Func<string, AxisRole[]?> rolesOf, AxisUses uses)
{
    /// <summary>The roles of an output's axes; null where they are not known.</summary>
    public AxisRole[]? Of(int output) => node.Domain.Length > 0 ? null : node.OpType switch
    {
        "Conv" or "ConvTranspose" => Windowed(isLayer: true),
        "MaxPool" or "AveragePool" or "LpPool" => Windowed(isLayer: false),
        "GlobalAveragePool" or "GlobalMaxPool" or "GlobalLpPool" => Pooled(),
        "MatMul" => Product(),
        "Gemm" => Gemm(),
        "Transpose" => Transposed(),
        "Unsqueeze" => Unsqueezed(),
        "Squeeze" => Squeezed(),
        "Reshape" or "Flatten" => new AxisReshape(shapes, node.Inputs[0], node.Outputs[0], Roles(0)).Find(),
        "Concat" => Concatenated(),
        "Slice" => Sliced(),
        "Split" or "Tile" => OfSameLength(output),
        "Gather" => Gathered(),
        "LSTM" or "GRU" or "RNN" => Recurrent(output),
        "STFT" => Spectra(),
        "ArgMax" or "ArgMin" or "TopK" => null,
        _ when node.OpType.StartsWith("Reduce", StringComparison.Ordinal) => Reduced(),
        _ when IsCellwise() => Broadcast(),
        _ => null,
    };

    /// <summary>Pieces and repetitions of an axis do not show all of it in order; the other axes stay.</summary>
    private AxisRole[]? OfSameLength(int output) =>
        Roles(0) is { } x && Shape(0) is { } before && shapes.ShapeOf(node.Outputs[output]) is { } after && after.Length == x.Length
            ? [.. x.Select((role, axis) => before[axis] == after[axis] || role.Kind == AxisKind.Channels ? role : AxisRole.Mixed)]
            : null;

    private AxisRole[]? Roles(int input) => input < node.Inputs.Count ? rolesOf(node.Inputs[input]) : null;

    private Dim[]? Shape(int input) => input < node.Inputs.Count ? shapes.ShapeOf(node.Inputs[input]) : null;

    /// <summary>Whether every output cell belongs to the input cells of its own place: pointwise operators, normalisations, padding and
    /// resizing.</summary>
    private bool IsCellwise() =>
        node.OpType is "Pad" or "Resize" or "Upsample" or "Where" or "Expand" or "Softmax" or "LogSoftmax" or "Cast"
            or "Identity" or "Dropout" or "CumSum" or "Trilu" or "LRN" or "Clip" or "QuantizeLinear" or "DequantizeLinear" or "Swish"
            or "Gelu" or "Mish" or "Sum" or "Mean" or "Max" or "Min" or "Pow"
        || node.OpType.EndsWith("Normalization", StringComparison.Ordinal)
        || (ShapeRules.Table.ContainsKey(node.OpType) && shapes.ShapeOf(node.Outputs[0]) is { } written
                && Shape(0) is { } first && written.AsSpan().SequenceEqual(first))
            || node.OpType is "Add" or "Sub" or "Mul" or "Div" or "PRelu" or "Mod";

    private AxisRole[]? Windowed(bool isLayer)
    {
        if (Roles(0) is not { Length: > 2 } x || Shape(0) is not { } shape)
            return null;
        int[] along = [.. x.Skip(2).Where(role => role.Kind == AxisKind.Image).Select(role => role.InputAxis)];
        foreach (int axis in along)
            uses.Add(axis, AxisUse.Window, node);
        uses.AddWindow(along);
        if (!isLayer)
            return x;
        if (x[1].Kind == AxisKind.Image && shape[1] != 1)
            uses.Add(x[1].InputAxis, AxisUse.Contracted, node);
        return [x[0], AxisRole.Channels, .. x.Skip(2).Select(role => role.Kind == AxisKind.Tokens ? AxisRole.Mixed : role)];
    }

    private AxisRole[]? Pooled() =>
        Roles(0) is { Length: > 2 } x ? [x[0], x[1], .. x.Skip(2).Select(_ => AxisRole.Channels)] : null;

    private AxisRole[]? Product()
    {
        (AxisRole[]? a, AxisRole[]? b) = (Roles(0), Roles(1));
        if (a is null)
            return b is { Length: >= 2 } && Shape(0) is { Length: 2 } ? [.. b[..^2], AxisRole.Channels, b[^1]] : null;
        Contract(a[^1]);
        if (b is null)
            return Shape(1) is { Length: >= 2 } weight
                ? [.. Enumerable.Repeat(AxisRole.Channels, Math.Max(0, weight.Length - a.Length)), .. a[..^1], AxisRole.Channels]
                : null;
        return a.Length == b.Length && a.Length >= 2 ? [.. a[..^1], b[^1]] : null;
    }

    private AxisRole[]? Gemm()
    {
        if (Roles(0) is not { Length: 2 } a)
            return null;
        bool isTurned = node.GetInt("transA", 0) != 0;
        Contract(a[isTurned ? 0 : 1]);
        return [a[isTurned ? 1 : 0], AxisRole.Channels];
    }

    private void Contract(AxisRole role)
    {
        foreach (int axis in role.InputAxes)
            uses.Add(axis, AxisUse.Contracted, node);
    }

    private AxisRole[]? Transposed()
    {
        if (Roles(0) is not { } x)
            return null;
        long[] order = node.GetInts("perm") ?? [.. Enumerable.Range(0, x.Length).Reverse().Select(axis => (long)axis)];
        return [.. order.Select(axis => x[axis])];
    }

    private long[]? Axes() =>
        node.GetInts("axes")
        ?? (node.HasInput(1) && shapes.TryGet(node.Inputs[1], out TensorInfo? info) && info.Content is { } content
            && Array.TrueForAll(content, dim => dim.IsFixed)
                ? Array.ConvertAll(content, dim => dim.Offset)
                : null);

    private AxisRole[]? Unsqueezed()
    {
        if (Roles(0) is not { } x || Axes() is not { } axes)
            return null;
        int rank = x.Length + axes.Length;
        HashSet<int> added = [.. axes.Select(axis => ShapeContext.Normalize(axis, rank))];
        Queue<AxisRole> rest = new(x);
        return [.. Enumerable.Range(0, rank).Select(axis => added.Contains(axis) ? AxisRole.Channels : rest.Dequeue())];
    }

    private AxisRole[]? Squeezed()
    {
        if (Roles(0) is not { } x || Shape(0) is not { } shape)
            return null;
        HashSet<int> dropped = Axes() is { } axes
            ? [.. axes.Select(axis => ShapeContext.Normalize(axis, x.Length))]
            : [.. Enumerable.Range(0, x.Length).Where(axis => shape[axis] == 1)];
        return [.. x.Where((_, axis) => !dropped.Contains(axis))];
    }

    private AxisRole[]? Reduced()
    {
        if (Roles(0) is not { } x || shapes.ShapeOf(node.Outputs[0]) is not { } shape)
            return null;
        long[]? axes = Axes();
        if (axes is null && node.HasInput(1))
            return null;
        HashSet<int> reduced = axes is { Length: > 0 }
            ? [.. axes.Select(axis => ShapeContext.Normalize(axis, x.Length))]
            : [.. Enumerable.Range(0, x.Length)];
        return shape.Length == x.Length
            ? [.. x.Select((role, axis) => reduced.Contains(axis) ? AxisRole.Channels : role)]
            : [.. x.Where((_, axis) => !reduced.Contains(axis))];
    }

    /// <summary>Pieces one behind the other: the axis keeps its meaning where one piece alone has a place in the input and the others stand
    /// before it.</summary>
    private AxisRole[]? Concatenated()
    {
        int placed = Enumerable.Range(0, node.Inputs.Count).FirstOrDefault(input => Roles(input) is not null, -1);
        if (placed < 0 || Roles(placed) is not { } x)
            return null;
        int along = ShapeContext.Normalize(node.GetInt("axis", 0), x.Length);
        AxisRole[] roles = [.. x];
        for (int input = 0; input < node.Inputs.Count; input++)
            if (Roles(input) is { } other && other.Length == x.Length)
                for (int axis = 0; axis < x.Length; axis++)
                    if (axis != along && other[axis] != roles[axis])
                        roles[axis] = Meet(roles[axis], other[axis]);
        if (roles[along].Kind is AxisKind.Image or AxisKind.Tokens)
            roles[along] = Behind(roles[along], placed, along);
        return roles;
    }

    private AxisRole Behind(AxisRole role, int placed, int along)
    {
        bool isAlone = Enumerable.Range(placed + 1, node.Inputs.Count - placed - 1).All(input => Roles(input) is null);
        long before = 0;
        for (int input = 0; input < placed; input++)
            before += Shape(input)?[along].Value ?? -1;
        if (!isAlone || placed != node.Inputs.Count - 1 || before < 0)
            return AxisRole.Mixed;
        if (before == 0)
            return role;
        return role.Kind == AxisKind.Tokens
            ? role with { Prefix = role.Prefix + before }
            : new AxisRole(
                AxisKind.Tokens, Parts: [role], Prefix: before,
                Source: new TokenSource(node.Inputs[placed], [along], [Shape(placed)![along]]));
    }

    /// <summary>A piece of an axis shows the input only where it is (nearly) all of it, or all but the tokens in front.</summary>
    private AxisRole[]? Sliced()
    {
        if (Roles(0) is not { } x || Shape(0) is not { } before || shapes.ShapeOf(node.Outputs[0]) is not { } after)
            return null;
        AxisRole[] roles = [.. x];
        bool turns = node.HasInput(4)
            && (!shapes.TryGet(node.Inputs[4], out TensorInfo? steps) || steps.Content is not { } content
                || Array.Exists(content, step => step.Value is null or < 0));
        if (turns)
            return [.. x.Select(role => role.Kind is AxisKind.Items or AxisKind.Channels ? role : AxisRole.Mixed)];
        for (int axis = 0; axis < roles.Length; axis++)
        {
            if (before[axis] == after[axis] || roles[axis].Kind is AxisKind.Channels or AxisKind.Items)
                continue;
            bool dropsPrefix = roles[axis] is { Kind: AxisKind.Tokens, Prefix: > 0 } tokens && before[axis] - tokens.Prefix == after[axis];
            bool isAlmostAll = roles[axis].Kind == AxisKind.Image && before[axis].Value is { } all && after[axis].Value is { } left
                && left * 10 >= all * 9;
            roles[axis] = dropsPrefix ? roles[axis] with { Prefix = 0 } : isAlmostAll ? roles[axis] : AxisRole.Mixed;
        }

        return roles;
    }

    private AxisRole[]? Gathered()
    {
        if (Roles(0) is not { } x || Shape(1) is not { } indices)
            return null;
        int axis = ShapeContext.Normalize(node.GetInt("axis", 0), x.Length);
        AxisRole role = x[axis].Kind == AxisKind.Channels ? AxisRole.Channels : AxisRole.Mixed;
        return [.. x[..axis], .. Enumerable.Repeat(role, indices.Length), .. x[(axis + 1)..]];
    }

    private AxisRole[]? Recurrent(int output)
    {
        if (Roles(0) is not { Length: 3 } x)
            return null;
        bool isBatchFirst = node.GetInt("layout", 0) != 0;
        (AxisRole steps, AxisRole items) = isBatchFirst ? (x[1], x[0]) : (x[0], x[1]);
        foreach (int axis in steps.InputAxes)
            uses.Add(axis, AxisUse.Steps, node);
        Contract(x[2]);
        return (output, isBatchFirst) switch
        {
            (0, false) => [steps, AxisRole.Channels, items, AxisRole.Channels],
            (0, true) => [items, steps, AxisRole.Channels, AxisRole.Channels],
            (_, false) => [AxisRole.Channels, items, AxisRole.Channels],
            _ => [items, AxisRole.Channels, AxisRole.Channels],
        };
    }

    private AxisRole[]? Spectra()
    {
        if (Roles(0) is not { Length: >= 2 } x)
            return null;
        foreach (int axis in x[1].InputAxes)
            uses.Add(axis, AxisUse.Transformed, node);
        return [x[0], x[1], AxisRole.Channels, AxisRole.Channels];
    }

    private AxisRole[]? Broadcast()
    {
        if (shapes.ShapeOf(node.Outputs[0]) is not { } shape)
            return null;
        AxisRole[] roles = new AxisRole[shape.Length];
        Array.Fill(roles, AxisRole.Channels);
        for (int input = 0; input < node.Inputs.Count; input++)
        {
            if (Roles(input) is not { } x || Shape(input) is not { } own || x.Length > roles.Length)
                continue;
            int offset = roles.Length - x.Length;
            for (int axis = 0; axis < x.Length; axis++)
                if (own[axis] != 1 || shape[axis + offset] == 1)
                    roles[axis + offset] = Meet(roles[axis + offset], x[axis]);
        }

        return roles;
    }

    /// <summary>What an axis shows to which two tensors contribute.</summary>
    private static AxisRole Meet(AxisRole left, AxisRole right) =>
        left == right || right.Kind == AxisKind.Channels ? left : left.Kind == AxisKind.Channels ? right : AxisRole.Mixed;
}
