namespace AudioEmotionXai.Evaluation;

/// <summary>The shape-matched control: the same mask, or the same order of cells, moved in time and mel and wrapped around the
/// edges.</summary>
internal static class MaskShift
{
    /// <summary>Distinct moves, none of them zero, drawn without replacement; fewer where the grid has fewer.</summary>
    public static (int Bins, int Frames)[] Draw(InputGrid grid, int count, KeyedRandom random)
    {
        HashSet<int> drawn = [0];
        List<(int, int)> shifts = [];
        while (shifts.Count < Math.Min(count, grid.Cells - 1))
        {
            int cell = random.NextIndex(grid.Cells);
            if (drawn.Add(cell))
                shifts.Add((cell / grid.Frames, cell % grid.Frames));
        }

        return [.. shifts];
    }

    /// <summary>The mask moved up by bins and right by frames, wrapped.</summary>
    public static T[] Apply<T>(ReadOnlySpan<T> mask, InputGrid grid, (int Bins, int Frames) shift)
    {
        T[] moved = new T[mask.Length];
        for (int bin = 0; bin < grid.Bins; bin++)
        {
            ReadOnlySpan<T> source = mask.Slice(bin * grid.Frames, grid.Frames);
            Span<T> target = moved.AsSpan((bin + shift.Bins) % grid.Bins * grid.Frames, grid.Frames);
            source[..^shift.Frames].CopyTo(target[shift.Frames..]);
            source[^shift.Frames..].CopyTo(target);
        }

        return moved;
    }
}
