namespace AudioEmotionXai;

/// <summary>
/// Sends a signal to a max pool's winners without asking the pool for indices, which is slow: for each cell of a window in turn, all
/// windows at once, what is left of the signal goes there if the cell has the window's maximum.
/// </summary>
internal sealed class MaxPoolPhases
{
    private const int MostCells = 16;

    private readonly BackwardNode _pool;
    private readonly GraphEmitter _emit;
    private readonly WindowGeometry _window;
    private readonly PhaseAxis _rows;
    private readonly PhaseAxis _columns;
    private readonly Dictionary<(long Row, long Column), string> _cells = [];

    private MaxPoolPhases(BackwardNode pool, WindowGeometry window)
    {
        _pool = pool;
        _emit = pool.Emit;
        _window = window;
        _rows = Axis(0);
        _columns = Axis(1);
    }

    /// <summary>The phases of a pool over two axes of known length, whose few-celled windows leave no cell out; else null.</summary>
    public static MaxPoolPhases? Find(BackwardNode pool)
    {
        WindowGeometry window = WindowGeometry.Of(pool.Node, pool.Node.GetInts("kernel_shape")!);
        if (window.Axes != 2 || window.Kernel[0] * window.Kernel[1] > MostCells || window.Strides[0] != window.Strides[1])
            return null;
        for (int axis = 0; axis < 2; axis++)
            if (window.Dilations[axis] != 1 || window.Kernel[axis] < window.Strides[axis] || !pool.InputShape(0)[axis + 2].IsFixed)
                return null;
        return new MaxPoolPhases(pool, window);
    }

    /// <summary>Emits what each cell of the pool's input gets.</summary>
    public RoutedSignal Route(string signal)
    {
        Dictionary<(long Row, long Column), string> planes = [];
        string rest = signal;
        for (long cell = 0; cell < _window.Kernel[0] * _window.Kernel[1]; cell++)
        {
            ((long row, long down), (long column, long right)) = (
                _rows.Place(cell / _window.Kernel[1]), _columns.Place(cell % _window.Kernel[1]));
            bool isLast = cell == (_window.Kernel[0] * _window.Kernel[1]) - 1;
            string share = isLast ? rest : _emit.Mul(rest, _emit.Same(SeenByWindows(row, down, column, right), _pool.Output()));
            if (!isLast)
                rest = _emit.Sub(rest, share);
            string placed = Move(share, down, _rows.Cells - _rows.Windows - down, right, _columns.Cells - _columns.Windows - right, 0);
            planes[(row, column)] = planes.TryGetValue((row, column), out string? others) ? _emit.Add(others, placed) : placed;
        }

        return Join([.. planes.OrderBy(plane => plane.Key).Select(plane => plane.Value)], signal);
    }

    private PhaseAxis Axis(int axis)
    {
        Dim length = _pool.InputShape(0)[axis + 2];
        return new PhaseAxis(
            length.Offset, _window.OutputLength(axis, length).Offset, _window.Strides[axis], _window.Dilations[axis],
            _window.PadsFor(axis, length)!.Value.Begin);
    }

    /// <summary>One cell of every window: the lowest number where it is padding.</summary>
    private string SeenByWindows(long row, long down, long column, long right)
    {
        if (!_cells.TryGetValue((row, column), out string? phase))
            _cells[(row, column)] = phase = EveryNth(row, column);
        return Move(
            phase, -down, down + _rows.Windows - _rows.CellsOf(row), -right, right + _columns.Windows - _columns.CellsOf(column),
            float.MinValue);
    }

    private string EveryNth(long row, long column)
    {
        long stride = _rows.Stride;
        return stride == 1
            ? _pool.Input(0)
            : _emit.Node(
                "Slice",
                [
                    _pool.Input(0), _emit.Integers(row, column), _emit.Integers(int.MaxValue, int.MaxValue), _emit.Integers(2, 3),
                    _emit.Integers(stride, stride),
                ]);
    }

    /// <summary>Cells put before and after both axes; taken away where negative.</summary>
    private string Move(string tensor, long above, long below, long left, long right, float value)
    {
        if (above == 0 && below == 0 && left == 0 && right == 0)
            return tensor;
        string pads = _emit.Integers(0, 0, above, left, 0, 0, below, right);
        return _emit.Node("Pad", value == 0 ? [tensor, pads] : [tensor, pads, _emit.Scalar(value)]);
    }

    private RoutedSignal Join(string[] planes, string signal)
    {
        RoutedSignal apart = new(_pool, signal, "", _emit.Concat(planes, axis: 1), (int)_rows.Stride);
        return apart with { Tensor = apart.Together(apart.Planes!) };
    }
}

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
