namespace AudioEmotionXai;

/// <summary>
/// One value for every mel bin (row, lowest frequency first) and frame (column): a spectrogram, or how much each of its cells mattered.
/// </summary>
/// <remarks>The buffer is held, not copied.</remarks>
public sealed class TimeFrequencyMap
{
    /// <summary>Wraps row-major values.</summary>
    /// <param name="values">Bins x frames values, a bin's frames together.</param>
    /// <param name="bins">The number of rows, at least 1.</param>
    /// <param name="frames">The number of columns, at least 1.</param>
    /// <exception cref="ArgumentException">The number of values is not bins x frames.</exception>
    public TimeFrequencyMap(Memory<float> values, int bins, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        if ((long)bins * frames != values.Length)
            throw new ArgumentException(
                $"A map of {bins} bins x {frames} frames holds {(long)bins * frames} values, but {values.Length} were given.",
                nameof(values));
        Memory = values;
        Bins = bins;
        Frames = frames;
    }

    /// <summary>A map of zeros.</summary>
    /// <param name="bins">The number of rows, at least 1.</param>
    /// <param name="frames">The number of columns, at least 1.</param>
    public TimeFrequencyMap(int bins, int frames)
        : this(new float[bins * frames], bins, frames)
    {
    }

    /// <summary>The number of rows (H): mel bins, lowest first.</summary>
    public int Bins { get; }

    /// <summary>The number of columns (W): frames, earliest first.</summary>
    public int Frames { get; }

    /// <summary>The number of cells.</summary>
    public int Count => Memory.Length;

    /// <summary>The values, a bin's frames together.</summary>
    public Memory<float> Memory { get; }

    /// <summary>The values, a bin's frames together.</summary>
    public Span<float> Span => Memory.Span;

    /// <summary>The value of one cell.</summary>
    /// <param name="bin">0 to <see cref="Bins"/> - 1.</param>
    /// <param name="frame">0 to <see cref="Frames"/> - 1.</param>
    public float this[int bin, int frame]
    {
        get => Span[(bin * Frames) + frame];
        set => Span[(bin * Frames) + frame] = value;
    }

    /// <summary>The frames of one bin.</summary>
    /// <param name="bin">0 to <see cref="Bins"/> - 1.</param>
    public Span<float> Row(int bin) => Span.Slice(bin * Frames, Frames);

    /// <summary>A copy with a buffer of its own.</summary>
    public TimeFrequencyMap Clone() => new(Memory.ToArray(), Bins, Frames);
}

/// <summary>A yes or no for every mel bin (row, lowest frequency first) and frame (column): the cells that are masked, kept, or called
/// important.</summary>
/// <remarks>The buffer is held, not copied.</remarks>
public sealed class TimeFrequencyMask
{
    /// <summary>Wraps row-major values.</summary>
    /// <param name="cells">Bins x frames values, a bin's frames together.</param>
    /// <param name="bins">The number of rows, at least 1.</param>
    /// <param name="frames">The number of columns, at least 1.</param>
    /// <exception cref="ArgumentException">The number of cells is not bins x frames.</exception>
    public TimeFrequencyMask(Memory<bool> cells, int bins, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        if ((long)bins * frames != cells.Length)
            throw new ArgumentException(
                $"A mask of {bins} bins x {frames} frames holds {(long)bins * frames} cells, but {cells.Length} were given.",
                nameof(cells));
        Memory = cells;
        Bins = bins;
        Frames = frames;
    }

    /// <summary>A mask with no cell chosen.</summary>
    /// <param name="bins">The number of rows, at least 1.</param>
    /// <param name="frames">The number of columns, at least 1.</param>
    public TimeFrequencyMask(int bins, int frames)
        : this(new bool[bins * frames], bins, frames)
    {
    }

    /// <summary>The number of rows (H): mel bins, lowest first.</summary>
    public int Bins { get; }

    /// <summary>The number of columns (W): frames, earliest first.</summary>
    public int Frames { get; }

    /// <summary>The cells, a bin's frames together.</summary>
    public Memory<bool> Memory { get; }

    /// <summary>The cells, a bin's frames together.</summary>
    public Span<bool> Span => Memory.Span;

    /// <summary>Whether one cell is chosen.</summary>
    /// <param name="bin">0 to <see cref="Bins"/> - 1.</param>
    /// <param name="frame">0 to <see cref="Frames"/> - 1.</param>
    public bool this[int bin, int frame]
    {
        get => Span[(bin * Frames) + frame];
        set => Span[(bin * Frames) + frame] = value;
    }

    /// <summary>How many cells are chosen.</summary>
    public int CountChosen() => Span.Count(true);
}
