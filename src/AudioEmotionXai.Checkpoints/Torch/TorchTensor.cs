namespace AudioEmotionXai.Checkpoints;

/// <summary>A view of a storage, as <c>torch.save</c> writes a tensor: shape, strides and offset in elements. Checked to stay inside its
/// storage.</summary>
internal sealed class TorchTensor
{
    private readonly int[] _shape;
    private readonly long[] _strides;

    /// <summary>Describes a tensor whose strides and offset <see cref="TorchVocabulary"/> has checked.</summary>
    public TorchTensor(TorchStorage storage, long offset, int[] shape, long[] strides)
    {
        Storage = storage;
        Offset = offset;
        _shape = shape;
        _strides = strides;
    }

    public TorchStorage Storage { get; }

    public long Offset { get; }

    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public int Length
    {
        get
        {
            int length = 1;
            foreach (int axis in _shape)
                length *= axis;
            return length;
        }
    }

    /// <summary>The shape as text, such as <c>(64, 1, 7, 7)</c>.</summary>
    public override string ToString() => FloatTensor.Describe(_shape);

    /// <summary>The elements in row-major order, whatever their strides were.</summary>
    /// <param name="storageBytes">The bytes of <see cref="Storage"/>.</param>
    public double[] ToDoubles(ReadOnlySpan<byte> storageBytes)
    {
        double[] values = new double[Length];
        int[] position = new int[_shape.Length];
        long index = Offset;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Storage.Read(storageBytes, index);
            index = Advance(position, index);
        }

        return values;
    }

    private long Advance(int[] position, long index)
    {
        for (int axis = position.Length - 1; axis >= 0; axis--)
        {
            index += _strides[axis];
            if (++position[axis] < _shape[axis])
                return index;
            index -= _strides[axis] * _shape[axis];
            position[axis] = 0;
        }

        return index;
    }
}
