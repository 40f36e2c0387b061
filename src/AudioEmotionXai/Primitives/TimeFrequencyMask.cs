namespace AudioEmotionXai;

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
