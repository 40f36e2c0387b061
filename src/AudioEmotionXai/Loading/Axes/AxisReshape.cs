namespace AudioEmotionXai;

/// <summary>What becomes of axes that are put together or taken apart: groups of axes with the same number of cells on both sides belong
/// together.</summary>
internal sealed class AxisReshape(ShapeTable shapes, string before, string after, AxisRole[]? roles)
{
    private readonly List<AxisRole> _found = [];

    /// <summary>The roles behind the reshaping, or null.</summary>
    public AxisRole[]? Find()
    {
        if (roles is null || shapes.ShapeOf(before) is not { } from || shapes.ShapeOf(after) is not { } to)
            return null;
        int left = 0, right = 0;
        while (left < from.Length || right < to.Length)
        {
            (int leftEnd, int rightEnd) = GroupEnd(from, to, left, right);
            if (leftEnd < 0)
                return null;
            Match(from, to, left..leftEnd, right..rightEnd);
            (left, right) = (leftEnd, rightEnd);
        }

        return [.. _found];
    }

    /// <summary>The shortest groups from here on with the same number of cells.</summary>
    private static (int Left, int Right) GroupEnd(Dim[] from, Dim[] to, int left, int right)
    {
        // Axes of one cell at the end, on one side alone
        if (left == from.Length)
            return (left, to.Length);
        if (right == to.Length)
            return (from.Length, right);
        for (int taken = 2; taken <= from.Length - left + to.Length - right; taken++)
            for (int ofLeft = Math.Max(1, taken - (to.Length - right)); ofLeft <= Math.Min(from.Length - left, taken - 1); ofLeft++)
                if (Dim.Product(from.AsSpan(left, ofLeft)) == Dim.Product(to.AsSpan(right, taken - ofLeft)))
                    return (left + ofLeft, right + taken - ofLeft);
        return (-1, -1);
    }

    private void Match(Dim[] from, Dim[] to, Range leftRange, Range rightRange)
    {
        (int left, int leftCount) = leftRange.GetOffsetAndLength(from.Length);
        (int right, int rightCount) = rightRange.GetOffsetAndLength(to.Length);
        AxisRole[] group = roles!.AsSpan(left, leftCount).ToArray();
        if (rightCount == 0)
            return;
        if (leftCount == 0)
            _found.AddRange(Enumerable.Repeat(AxisRole.Channels, rightCount));
        else if (leftCount == rightCount && leftCount <= 1)
            _found.AddRange(group);
        else if (rightCount == 1)
            _found.Add(Together(from, left, group));
        else if (leftCount == 1)
            _found.AddRange(Apart(group[0], to.AsSpan(right, rightCount)));
        else
            _found.AddRange(
                Enumerable.Repeat(
                    group.All(role => role.Kind == AxisKind.Channels) ? AxisRole.Channels : AxisRole.Mixed, rightCount));
    }

    private AxisRole Together(Dim[] from, int start, AxisRole[] group)
    {
        // Axes of one cell say nothing
        int[] kept = [.. Enumerable.Range(0, group.Length).Where(axis => from[start + axis] != 1)];
        if (kept.Length == 0)
            return group.FirstOrDefault(role => role.Kind != AxisKind.Channels) ?? AxisRole.Channels;
        if (kept.Length == 1)
            return group[kept[0]];
        AxisRole[] roles = [.. kept.Select(axis => group[axis])];
        if (Array.TrueForAll(roles, role => role.Kind == AxisKind.Channels))
            return AxisRole.Channels;
        if (!Array.TrueForAll(roles, role => role.Kind == AxisKind.Image))
            return AxisRole.Mixed;
        return new AxisRole(
            AxisKind.Tokens, Parts: [.. roles],
            Source: new TokenSource(before, [.. kept.Select(axis => start + axis)], [.. kept.Select(axis => from[start + axis])]));
    }

    private static IEnumerable<AxisRole> Apart(AxisRole role, ReadOnlySpan<Dim> lengths)
    {
        int[] kept = Kept(lengths);
        if (kept.Length <= 1)
            return Spread(lengths.Length, kept, [role]);
        if (role is { Kind: AxisKind.Tokens, Prefix: 0, Source: { } source } && source.Lengths.Length == kept.Length)
        {
            bool isSame = true;
            for (int i = 0; i < kept.Length; i++)
                isSame &= lengths[kept[i]] == source.Lengths[i];
            if (isSame)
                return Spread(lengths.Length, kept, [.. role.Parts]);
        }

        return Enumerable.Repeat(role.Kind == AxisKind.Channels ? AxisRole.Channels : AxisRole.Mixed, lengths.Length);
    }

    private static int[] Kept(ReadOnlySpan<Dim> lengths)
    {
        List<int> kept = [];
        for (int axis = 0; axis < lengths.Length; axis++)
            if (lengths[axis] != 1)
                kept.Add(axis);
        return [.. kept];
    }

    private static AxisRole[] Spread(int rank, int[] places, AxisRole[] roles)
    {
        AxisRole[] spread = new AxisRole[rank];
        Array.Fill(spread, AxisRole.Channels);
        for (int i = 0; i < places.Length; i++)
            spread[places[i]] = roles[i];
        if (places.Length == 0)
            spread[0] = roles[0];
        return spread;
    }
}
