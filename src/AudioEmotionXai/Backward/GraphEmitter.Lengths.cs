namespace AudioEmotionXai;

/// <summary>Lengths that only the run knows, and tensors made from them.</summary>
internal sealed partial class GraphEmitter
{
    private const long LargestConstant = 1 << 24;

    /// <summary>The length of one axis: int64, (1).</summary>
    public string LengthOf(string x, long axis) => Node("Gather", [ShapeOf(x), Integers(axis)]);

    /// <summary>A length: int64, (1); a constant where it is known.</summary>
    public string Length(Dim length, string x, long axis) => length.IsFixed ? Integers(length.Offset) : LengthOf(x, axis);

    /// <summary>Indices with those that count from the end (below zero) counted from the front.</summary>
    public string NonNegative(string indices, string length) => Where(Less(indices, Integer(0)), Add(indices, length), indices);

    /// <summary>A tensor of zeros in the shape of another.</summary>
    public string ZerosLike(string x) => ExpandLike(Scalar(0), x);

    /// <summary>As many zeros as a tensor has cells: (cells).</summary>
    public string ZerosFor(string x) => Expand(Scalar(0), Reshape(Node("Size", [x]), 1));

    /// <summary>0, 1, … up to an int64 length of shape (1), excluded.</summary>
    public string Count(string length) => Node("Range", [Integer(0), Squeeze(length, 0), Integer(1)]);

    /// <summary>The flat position of every cell of a tensor, in the tensor's shape: int64.</summary>
    public string Positions(string x) => ReshapeLike(Count(Reshape(Node("Size", [x]), 1)), x);

    /// <summary>The identity matrix with as many rows as an axis is long.</summary>
    public string Identity(Dim length, string x, long axis)
    {
        if (length.IsFixed)
            return FloatsOnce($"identity:{length.Offset}", () => (Unit(length.Offset), [length.Offset, length.Offset]));
        string cells = Count(LengthOf(x, axis));
        return Same(Unsqueeze(cells, 1), Unsqueeze(cells, 0));
    }

    /// <summary>
    /// Takes a signal back through a linear map along one axis: what arrives at the map's outputs, times the map's matrix (outputs,
    /// inputs).
    /// </summary>
    public string PassBackAlong(string signal, int rank, int axis, string matrix)
    {
        if (axis == rank - 1)
            return MatMul(signal, matrix);
        if (axis == rank - 2)
            return MatMul(Transpose(matrix, 1, 0), signal);
        long[] swap = Axes(0, rank);
        (swap[axis], swap[rank - 1]) = (rank - 1, axis);
        return Transpose(MatMul(Transpose(signal, swap), matrix), swap);
    }

    /// <summary>The numbers from one axis up to another, excluded.</summary>
    public static long[] Axes(int from, int to) => [.. Enumerable.Range(from, to - from).Select(axis => (long)axis)];

    /// <summary>Room for a constant of the graph.</summary>
    /// <exception cref="InvalidOperationException">A graph with such a constant could not be used.</exception>
    public static float[] NewFloats(params ReadOnlySpan<long> lengths)
    {
        long cells = 1;
        foreach (long length in lengths)
            cells =
                length is >= 0 and <= LargestConstant && cells * length <= LargestConstant
                    ? cells * length
                    : throw new InvalidOperationException(
                        FormattableString.Invariant(
                            $"it needs a constant of ({string.Join(", ", lengths.ToArray())}) cells; at most {LargestConstant} are made"));
        return new float[cells];
    }

    private static float[] Unit(long length)
    {
        float[] matrix = NewFloats(length, length);
        for (long i = 0; i < length; i++)
            matrix[(i * length) + i] = 1;
        return matrix;
    }
}
