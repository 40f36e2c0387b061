namespace AudioEmotionXai;

/// <summary>The places of a window that slides over bins and frames; over samples a frame is a hundredth of the clip, and of numbers
/// without order each is a window.</summary>
internal sealed class OcclusionWindows
{
    private readonly ItemGeometry _geometry;
    private readonly CellSize _window;
    private readonly CellSize _stride;
    private readonly int _columns;

    public OcclusionWindows(ItemGeometry geometry, CellSize window, CellSize stride)
    {
        _geometry = geometry;
        int unit = geometry.CellsPerFrame;
        if (geometry.IsVector)
            window = stride = new CellSize(1, 1);
        _window = new CellSize(Math.Min(window.Bins, geometry.Bins), Math.Min(window.Frames * unit, geometry.Frames));
        _stride = new CellSize(stride.Bins, stride.Frames * unit);
        _columns = Places(geometry.Frames, _window.Frames, _stride.Frames);
        Count = Places(geometry.Bins, _window.Bins, _stride.Bins) * _columns;
    }

    public int Count { get; }

    /// <summary>Writes a value into one window of every plane.</summary>
    public void Fill(int window, Span<float> item, float value)
    {
        (int bin, int bins, int frame, int frames) = At(window);
        for (int plane = 0; plane < _geometry.Planes; plane++)
            for (int row = bin; row < bin + bins; row++)
                item.Slice((plane * _geometry.Cells) + (row * _geometry.Frames) + frame, frames).Fill(value);
    }

    /// <summary>Every cell's mean over the windows that cover it.</summary>
    public void Average(ReadOnlySpan<double> values, Span<float> map)
    {
        double[] sums = new double[_geometry.Cells];
        int[] covers = new int[_geometry.Cells];
        for (int window = 0; window < Count; window++)
        {
            (int bin, int bins, int frame, int frames) = At(window);
            for (int row = bin; row < bin + bins; row++)
                for (int cell = (row * _geometry.Frames) + frame; cell < (row * _geometry.Frames) + frame + frames; cell++)
                {
                    sums[cell] += values[window];
                    covers[cell]++;
                }
        }

        for (int cell = 0; cell < sums.Length; cell++)
            map[cell] = (float)(sums[cell] / covers[cell]);
    }

    private static int Places(int length, int window, int stride) => ((length - window + stride - 1) / stride) + 1;

    private (int Bin, int Bins, int Frame, int Frames) At(int window)
    {
        int bin = window / _columns * _stride.Bins, frame = window % _columns * _stride.Frames;
        return (bin, Math.Min(_window.Bins, _geometry.Bins - bin), frame, Math.Min(_window.Frames, _geometry.Frames - frame));
    }
}
