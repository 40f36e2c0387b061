namespace AudioEmotionXai;

/// <summary>Draws RISE's masks one after another: a coarse grid of coins, enlarged bilinearly to one cell more than the map on each axis,
/// cut at a random place.</summary>
internal sealed class RiseMasks
{
    private readonly ItemGeometry _geometry;
    private readonly NumPyRandom _random;
    private readonly CellSize _grid;
    private readonly CellSize _cell;
    private readonly ResizeAxis _rows;
    private readonly ResizeAxis _columns;
    private readonly double _probability;
    private readonly float[] _coins;

    public RiseMasks(ItemGeometry geometry, CellSize grid, double probability, uint seed)
    {
        _geometry = geometry;
        _grid = new CellSize(Math.Min(grid.Bins, geometry.Bins), Math.Min(grid.Frames, geometry.Frames));
        _cell = new CellSize((geometry.Bins + _grid.Bins - 1) / _grid.Bins, (geometry.Frames + _grid.Frames - 1) / _grid.Frames);
        _rows = ResizeAxis.Create(_grid.Bins, (_grid.Bins + 1) * _cell.Bins, alignCorners: false);
        _columns = ResizeAxis.Create(_grid.Frames, (_grid.Frames + 1) * _cell.Frames, alignCorners: false);
        _random = new NumPyRandom(seed);
        _probability = probability;
        _coins = new float[_grid.Bins * _grid.Frames];
    }

    /// <summary>Writes the next mask, 0 to 1.</summary>
    public void Next(Span<float> mask)
    {
        for (int i = 0; i < _coins.Length; i++)
            _coins[i] = _random.NextDouble() < _probability ? 1 : 0;
        int down = (int)_random.Integer(0, _cell.Bins), along = (int)_random.Integer(0, _cell.Frames);
        for (int bin = 0; bin < _geometry.Bins; bin++)
            WriteRow(bin + down, along, mask.Slice(bin * _geometry.Frames, _geometry.Frames));
    }

    private void WriteRow(int row, int along, Span<float> target)
    {
        ReadOnlySpan<float> lower = _coins.AsSpan(_rows.Lower[row] * _grid.Frames, _grid.Frames);
        ReadOnlySpan<float> upper = _coins.AsSpan(_rows.Upper[row] * _grid.Frames, _grid.Frames);
        float down = _rows.Fraction[row];
        for (int frame = 0; frame < target.Length; frame++)
        {
            int left = _columns.Lower[frame + along], right = _columns.Upper[frame + along];
            float share = _columns.Fraction[frame + along];
            float top = lower[left] + (share * (lower[right] - lower[left]));
            float bottom = upper[left] + (share * (upper[right] - upper[left]));
            target[frame] = top + (down * (bottom - top));
        }
    }
}
