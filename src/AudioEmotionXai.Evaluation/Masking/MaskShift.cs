namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The shape-matched control: the same mask moved in frequency, and in time within the sounding frames, wrapped around their edges. Cells
/// outside the sounding frames keep their time: a shape that is moved into padding hides nothing.
/// </summary>
internal static class MaskShift
{
    /// <summary>Distinct moves, none of them zero, drawn without replacement; fewer where there are fewer.</summary>
    public static (int Bins, int Frames)[] Draw(InputGrid grid, SoundingFrames sounding, int count, KeyedRandom random)
    {
        int places = grid.Bins * sounding.Count;
        HashSet<int> drawn = [0];
        List<(int, int)> shifts = [];
        while (shifts.Count < Math.Min(count, places - 1))
        {
            int place = random.NextIndex(places);
            if (drawn.Add(place))
                shifts.Add((place / sounding.Count, place % sounding.Count));
        }

        return [.. shifts];
    }

    /// <summary>The same where the whole grid sounds.</summary>
    public static (int Bins, int Frames)[] Draw(InputGrid grid, int count, KeyedRandom random) =>
        Draw(grid, new SoundingFrames(0, grid.Frames), count, random);

    /// <summary>The same where the whole grid sounds.</summary>
    public static T[] Apply<T>(ReadOnlySpan<T> mask, InputGrid grid, (int Bins, int Frames) shift) =>
        Apply(mask, grid, new SoundingFrames(0, grid.Frames), shift);

    /// <summary>The mask, or whatever each cell has, moved up by bins and right by frames, wrapped.</summary>
    public static T[] Apply<T>(ReadOnlySpan<T> mask, InputGrid grid, SoundingFrames sounding, (int Bins, int Frames) shift)
    {
        T[] moved = new T[mask.Length];
        for (int bin = 0; bin < grid.Bins; bin++)
        {
            ReadOnlySpan<T> source = mask.Slice(bin * grid.Frames, grid.Frames);
            Span<T> target = moved.AsSpan((bin + shift.Bins) % grid.Bins * grid.Frames, grid.Frames);
            source.CopyTo(target);
            ReadOnlySpan<T> heard = source.Slice(sounding.First, sounding.Count);
            Span<T> place = target.Slice(sounding.First, sounding.Count);
            heard[..^shift.Frames].CopyTo(place[shift.Frames..]);
            heard[^shift.Frames..].CopyTo(place);
        }

        return moved;
    }
}
