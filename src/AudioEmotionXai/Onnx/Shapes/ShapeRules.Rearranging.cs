namespace AudioEmotionXai;

internal static partial class ShapeRules
{
    private static void Flatten(ShapeContext context)
    {
        if (context.Shape(0) is not { } x)
            return;
        int axis = ShapeContext.Normalize(context.Node.GetInt("axis", 1), x.Length);
        context.Set([Dim.Product(x.AsSpan(0, axis)), Dim.Product(x.AsSpan(axis))]);
    }

    private static void Reshape(ShapeContext context)
    {
        Dim[]? x = context.Shape(0);
        Dim[]? wanted = context.Content(1) ?? context.Node.GetInts("shape")?.Select(value => (Dim)value).ToArray();
        if (wanted is null)
        {
            if (context.Shape(1) is [{ IsFixed: true } rank])
                context.Set([.. Enumerable.Range(0, (int)rank.Offset).Select(axis => new Dim($"{context.Node.Outputs[0]}[{axis}]", 0))]);
            return;
        }

        bool zeroCopies = context.Node.GetInt("allowzero", 0) == 0;
        Dim[] shape = [.. wanted];
        for (int i = 0; i < shape.Length; i++)
            if (shape[i] == 0 && zeroCopies && x is not null && i < x.Length)
                shape[i] = x[i];
        int free = Array.IndexOf(shape, -1);
        if (free >= 0)
            shape[free] = x is null
                ? new Dim($"{context.Node.Outputs[0]}[{free}]", 0)
                : Quotient(x, [.. shape[..free], .. shape[(free + 1)..]], $"{context.Node.Outputs[0]}[{free}]");
        context.Set(0, context.Type(0), shape, shape.Length <= 1 ? context.Content(0) : null);
    }

    /// <summary>What is left of a product after others are taken out of it, factor by factor.</summary>
    private static Dim Quotient(Dim[] total, Dim[] taken, string fallback)
    {
        List<Dim> left = [.. total];
        long divisor = 1;
        foreach (Dim factor in taken)
        {
            if (factor.IsFixed)
                divisor *= factor.Offset;
            else if (!left.Remove(factor))
                return new Dim(fallback, 0);
        }

        long product = 1;
        List<Dim> free = [];
        foreach (Dim factor in left)
        {
            if (factor.IsFixed)
                product *= factor.Offset;
            else
                free.Add(factor);
        }

        if (divisor == 0 || product % divisor != 0)
            return free.Count == 0 || divisor == 0 ? new Dim(fallback, 0) : Dim.FloorDivide(Dim.Product([.. free]) * product, divisor);
        return Dim.Product([.. free]) * (product / divisor);
    }

    private static void Transpose(ShapeContext context)
    {
        if (context.Shape(0) is not { } x)
            return;
        long[] order = context.Node.GetInts("perm") ?? [.. Enumerable.Range(0, x.Length).Reverse().Select(axis => (long)axis)];
        context.Set([.. order.Select(axis => x[axis])]);
    }

    private static void Squeeze(ShapeContext context)
    {
        if (context.Shape(0) is not { } x)
            return;
        long[]? axes = context.AttributeOrInput("axes", 1);
        if (axes is null && context.Node.HasInput(1))
            return;
        IEnumerable<int> dropped = axes is null
            ? Enumerable.Range(0, x.Length).Where(axis => x[axis] == 1)
            : axes.Select(axis => ShapeContext.Normalize(axis, x.Length));
        HashSet<int> drop = [.. dropped];
        context.Set(0, context.Type(0), [.. x.Where((_, axis) => !drop.Contains(axis))], context.Content(0));
    }

    private static void Unsqueeze(ShapeContext context)
    {
        if (context.Shape(0) is not { } x || context.AttributeOrInput("axes", 1) is not { } axes)
            return;
        int rank = x.Length + axes.Length;
        HashSet<int> added = [.. axes.Select(axis => ShapeContext.Normalize(axis, rank))];
        Queue<Dim> rest = new(x);
        Dim[] shape = [.. Enumerable.Range(0, rank).Select(axis => added.Contains(axis) ? 1 : rest.Dequeue())];
        context.Set(0, context.Type(0), shape, rank == 1 ? context.Content(0) : null);
    }

    private static void Concat(ShapeContext context)
    {
        if (context.Shape(0) is not { } first)
            return;
        int axis = ShapeContext.Normalize(context.Node.GetInt("axis", 0), first.Length);
        Dim[] shape = [.. first];
        List<Dim>? content = context.Content(0) is { } start ? [.. start] : null;
        for (int i = 1; i < context.InputCount; i++)
        {
            if (context.Shape(i) is not { } next)
                return;
            shape[axis] += next[axis];
            if (content is not null && context.Content(i) is { } more)
                content.AddRange(more);
            else
                content = null;
        }

        context.Set(0, context.Type(0), shape, shape.Length == 1 ? content?.ToArray() : null);
    }

    private static void Split(ShapeContext context)
    {
        if (context.Shape(0) is not { } x)
            return;
        int axis = ShapeContext.Normalize(context.Node.GetInt("axis", 0), x.Length);
        int parts = context.Node.Outputs.Count;
        long[]? sizes = context.AttributeOrInput("split", 1);
        Dim part = Dim.CeilDivide(x[axis], parts);
        for (int i = 0; i < parts; i++)
        {
            Dim[] shape = [.. x];
            shape[axis] = sizes is not null ? sizes[i] : i < parts - 1 ? part : x[axis] - (part * (parts - 1));
            context.Set(i, context.Type(0), shape);
        }
    }

    private static void Slice(ShapeContext context)
    {
        if (context.Shape(0) is not { } x)
            return;
        long[]? starts = context.AttributeOrInput("starts", 1);
        Dim[]? ends = context.Node.GetInts("ends")?.Select(end => (Dim)end).ToArray() ?? context.Content(2);
        long[]? axes =
            context.AttributeOrInput("axes", 3)
            ?? (context.Node.HasInput(3) ? null : [.. Enumerable.Range(0, starts?.Length ?? 0).Select(axis => (long)axis)]);
        long[]? steps = context.Numbers(4) ?? (context.Node.HasInput(4) ? null : [.. (starts ?? []).Select(_ => 1L)]);
        if (starts is null || ends is null || axes is null || steps is null)
        {
            context.Set([.. x.Select((_, axis) => new Dim($"{context.Node.Outputs[0]}[{axis}]", 0))]);
            return;
        }

        Dim[] shape = [.. x];
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = ShapeContext.Normalize(axes[i], x.Length);
            shape[axis] = SliceLength(x[axis], starts[i], ends[i], steps[i], $"{context.Node.Outputs[0]}[{axis}]");
        }

        context.Set(0, context.Type(0), shape, SliceContent(context, starts, ends, steps));
    }

    private static Dim SliceLength(Dim length, long start, Dim end, long step, string fallback)
    {
        if (length.IsFixed && end.IsFixed)
        {
            (long from, long to) = SliceBounds(length.Offset, start, end.Offset, step);
            return Math.Max(0, (to - from + step - Math.Sign(step)) / step);
        }

        // An end that is a plain number may lie behind the end of an axis whose length is free
        if (step < 1 || end is { IsFixed: true, Offset: >= 0 and < int.MaxValue })
            return new Dim(fallback, 0);
        Dim first = start < 0 ? length + start : start;
        Dim last = !end.IsFixed ? end : end.Offset < 0 ? length + end.Offset : length;
        return Dim.CeilDivide(last - first, step);
    }

    private static (long From, long To) SliceBounds(long length, long start, long end, long step)
    {
        long from = start < 0 ? start + length : start;
        long to = end < 0 ? end + length : end;
        return step > 0
            ? (Math.Clamp(from, 0, length), Math.Clamp(to, 0, length))
            : (Math.Clamp(from, 0, length - 1), Math.Clamp(to, -1, length - 1));
    }

    private static Dim[]? SliceContent(ShapeContext context, long[] starts, Dim[] ends, long[] steps)
    {
        if (context.Content(0) is not { } content || starts.Length != 1 || !ends[0].IsFixed)
            return null;
        ArgumentOutOfRangeException.ThrowIfZero(steps[0], nameof(steps));
        (long from, long to) = SliceBounds(content.Length, starts[0], ends[0].Offset, steps[0]);
        List<Dim> slice = [];
        for (long i = from; steps[0] > 0 ? i < to : i > to; i += steps[0])
            slice.Add(content[i]);
        return [.. slice];
    }

    private static void Pad(ShapeContext context)
    {
        if (context.Shape(0) is not { } x || context.AttributeOrInput("pads", 1) is not { } pads)
            return;
        long[] axes = context.Numbers(3) ?? [.. Enumerable.Range(0, x.Length).Select(axis => (long)axis)];
        Dim[] shape = [.. x];
        for (int i = 0; i < axes.Length; i++)
            shape[ShapeContext.Normalize(axes[i], x.Length)] += pads[i] + pads[i + axes.Length];
        context.Set(shape);
    }

    private static void Gather(ShapeContext context)
    {
        if (context.Shape(0) is not { } x || context.Shape(1) is not { } indices)
            return;
        int axis = ShapeContext.Normalize(context.Node.GetInt("axis", 0), x.Length);
        Dim[]? content = context.Content(0) is { } values && context.Numbers(1) is { } picks
            ? [.. picks.Select(pick => values[ShapeContext.Normalize(pick, values.Length)])]
            : null;
        context.Set(0, context.Type(0), [.. x[..axis], .. indices, .. x[(axis + 1)..]], content);
    }

    private static void GatherNd(ShapeContext context)
    {
        if (context.Shape(0) is not { } x || context.Shape(1) is not [.., { IsFixed: true } depth] indices)
            return;
        int batch = (int)context.Node.GetInt("batch_dims", 0);
        context.Set(0, context.Type(0), [.. indices[..^1], .. x[(batch + (int)depth.Offset)..]]);
    }

    private static void TopK(ShapeContext context)
    {
        if (context.Shape(0) is not { } x)
            return;
        int axis = ShapeContext.Normalize(context.Node.GetInt("axis", -1), x.Length);
        Dim[] shape = [.. x];
        shape[axis] = context.Content(1) is [var count] ? count
            : context.Node.HasAttribute("k") ? context.Node.GetInt("k", 1) : new Dim($"{context.Node.Outputs[0]}[{axis}]", 0);
        context.Set(shape);
        context.Set(1, OnnxElementType.Int64, shape);
    }

    private static void Expand(ShapeContext context) => context.Set(BroadcastShapes(context.Shape(0), context.Content(1)));

    private static void Tile(ShapeContext context)
    {
        if (context.Shape(0) is { } x && context.Content(1) is { } repeats)
            context.Set([.. x.Select((length, axis) => length * repeats[axis])]);
    }
}
