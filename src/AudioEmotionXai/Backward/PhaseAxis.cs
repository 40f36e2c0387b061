namespace AudioEmotionXai;

/// <summary>
/// One axis of a pool, split into phases: every <see cref="Stride"/>-th cell, starting at each of the first ones. A window's n-th cell then
/// comes from the same phase for every window, some planes' cells on.
/// </summary>
/// <param name="Length">The cells of the axis.</param>
/// <param name="Windows">The windows along it.</param>
/// <param name="Stride">The cells from window to window.</param>
/// <param name="Dilation">The cells from one cell of a window to its next.</param>
/// <param name="Begin">The cells of padding before the axis.</param>
internal readonly record struct PhaseAxis(long Length, long Windows, long Stride, long Dilation, long Begin)
{
    /// <summary>The cells of a phase's plane; the last one of shorter phases lies behind the axis.</summary>
    public long Cells => (Length + Stride - 1) / Stride;

    /// <summary>The cells of a phase that lie on the axis.</summary>
    public long CellsOf(long phase) => (Length - phase + Stride - 1) / Stride;

    /// <summary>Where windows find their n-th cell: window i in cell i + shift of the phase.</summary>
    public (long Phase, long Shift) Place(long cell)
    {
        long offset = (cell * Dilation) - Begin;
        long shift = (long)Math.Floor((double)offset / Stride);
        return (offset - (shift * Stride), shift);
    }
}
