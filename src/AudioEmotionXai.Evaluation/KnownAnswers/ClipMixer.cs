namespace AudioEmotionXai.Evaluation;

/// <summary>Puts clips together.</summary>
/// <param name="grid">How they lie.</param>
internal sealed class ClipMixer(InputGrid grid)
{
    /// <summary>Time steps of the input: frames, or samples.</summary>
    private int Steps => grid.Samples > 0 ? grid.Samples : grid.Frames;

    /// <summary>The louder half of one clip, then the louder half of another; asked about either's class.</summary>
    public KnownClip[] Mosaic(ReadOnlySpan<float> first, int firstClass, ReadOnlySpan<float> second, int secondClass)
    {
        int half = Steps / 2, rest = Steps - half;
        float[] input = new float[first.Length];
        Copy(first, LoudestStart(first, half), input, 0, half);
        Copy(second, LoudestStart(second, rest), input, half, rest);
        bool[] left = new bool[grid.Cells], right = new bool[grid.Cells];
        for (int cell = 0; cell < left.Length; cell++)
        {
            left[cell] = StepOf(cell) < half;
            right[cell] = !left[cell];
        }

        return [new KnownClip(input, firstClass, secondClass, left), new KnownClip(input, secondClass, firstClass, right)];
    }

    /// <summary>The loudest stretch of a guest mixed into a host: cells take the louder of both, samples their sum; null where it changes
    /// nothing, or everything.</summary>
    public KnownClip? Plant(
        ReadOnlySpan<float> host, int hostClass, ReadOnlySpan<float> guest, int guestClass, double share, KeyedRandom random)
    {
        int length = Math.Clamp((int)Math.Round(share * Steps), 1, Steps - 1);
        int from = LoudestStart(guest, length), to = random.NextIndex(Steps - length + 1);
        float[] input = host.ToArray(), placed = host.ToArray();
        Copy(guest, from, placed, to, length);
        for (int value = 0; value < input.Length; value++)
            if (StepOfValue(value) >= to && StepOfValue(value) < to + length)
                input[value] = grid.Samples > 0 ? host[value] + placed[value] : Math.Max(host[value], placed[value]);
        bool[] place = new bool[grid.Cells];
        for (int value = 0; value < input.Length; value++)
            place[grid.CellOf(value)] |= input[value] != host[value];
        return place.AsSpan().Count(true) is var changed && changed > 0 && changed < place.Length
            ? new KnownClip(input, guestClass, hostClass, place)
            : null;
    }

    private int StepOf(int cell) => grid.Samples > 0 ? (int)((long)cell * grid.Samples / grid.Cells) : cell % grid.Frames;

    private int StepOfValue(int value) => grid.Samples > 0 ? value : value % grid.Frames;

    // Where a stretch of so many time steps is loudest
    private int LoudestStart(ReadOnlySpan<float> clip, int length)
    {
        double[] loudness = new double[Steps];
        for (int value = 0; value < clip.Length; value++)
            loudness[StepOfValue(value)] += grid.Samples > 0 ? clip[value] * clip[value] : clip[value];
        double sum = 0, largest = double.NegativeInfinity;
        int start = 0;
        for (int step = 0; step < Steps; step++)
        {
            sum += loudness[step] - (step >= length ? loudness[step - length] : 0);
            if (step >= length - 1 && sum > largest)
                (largest, start) = (sum, step - length + 1);
        }

        return start;
    }

    private void Copy(ReadOnlySpan<float> source, int from, Span<float> target, int to, int count)
    {
        for (int line = 0; line < source.Length / Steps; line++)
            source.Slice((line * Steps) + from, count).CopyTo(target[((line * Steps) + to)..]);
    }
}
