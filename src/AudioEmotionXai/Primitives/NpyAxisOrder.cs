namespace AudioEmotionXai;

/// <summary>Brings an array whose first axis runs fastest (Fortran) into row-major order.</summary>
internal static class NpyAxisOrder
{
    public static byte[] ToRowMajor(byte[] source, ReadOnlySpan<int> shape, int elementBytes)
    {
        if (shape.Length < 2 || source.Length == 0)
            return source;
        byte[] target = new byte[source.Length];
        Span<int> index = stackalloc int[shape.Length];
        index.Clear();
        for (int written = 0; written < target.Length; written += elementBytes)
        {
            source.AsSpan(Offset(index, shape) * elementBytes, elementBytes).CopyTo(target.AsSpan(written));
            Advance(index, shape);
        }

        return target;
    }

    private static int Offset(ReadOnlySpan<int> index, ReadOnlySpan<int> shape)
    {
        int offset = 0;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
            offset = (offset * shape[axis]) + index[axis];
        return offset;
    }

    private static void Advance(Span<int> index, ReadOnlySpan<int> shape)
    {
        for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
            index[axis] = 0;
    }
}
