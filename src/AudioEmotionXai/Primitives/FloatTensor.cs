using System.Globalization;

namespace AudioEmotionXai;

/// <summary>
/// A dense float32 array of any rank in row-major order: the input of a model, and the map that a method returns.
/// </summary>
/// <remarks>The buffer is held, not copied: <see cref="Memory"/> and slices look at the same numbers.</remarks>
/// <example><code>FloatTensor batch = FloatTensor.Stack(model.ReadInput("a.wav"), model.ReadInput("b.wav"));</code></example>
public sealed class FloatTensor
{
    private readonly int[] _shape;

    /// <summary>Wraps <paramref name="data"/> (row-major) in the given shape.</summary>
    /// <param name="data">As many values as the shape has cells.</param>
    /// <param name="shape">The axes' lengths, none negative; empty for a scalar.</param>
    /// <exception cref="ArgumentException">The shape is negative somewhere or does not hold as many cells as there are values.</exception>
    public FloatTensor(Memory<float> data, params ReadOnlySpan<int> shape)
    {
        if (CountCells(shape) != data.Length)
            throw new ArgumentException(
                $"The shape {Describe(shape)} holds {CountCells(shape)} values, but {data.Length} were given.", nameof(shape));
        _shape = shape.ToArray();
        Memory = data;
    }

    /// <summary>A tensor of zeros.</summary>
    /// <param name="shape">The axes' lengths, none negative.</param>
    public FloatTensor(params ReadOnlySpan<int> shape)
        : this(new float[CountCells(shape)], shape)
    {
    }

    /// <summary>The axes' lengths, outermost first.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of axes.</summary>
    public int Rank => _shape.Length;

    /// <summary>The number of values.</summary>
    public int Length => Memory.Length;

    /// <summary>The values in row-major order.</summary>
    public Memory<float> Memory { get; }

    /// <summary>The values in row-major order.</summary>
    public Span<float> Span => Memory.Span;

    /// <summary>Item <paramref name="index"/> of the first axis, the axis kept with length 1; shares the buffer.</summary>
    /// <param name="index">0 to the first axis's length - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public FloatTensor Item(int index) => Items(index, 1);

    /// <summary><paramref name="count"/> items of the first axis from <paramref name="start"/> on; shares the buffer.</summary>
    /// <param name="start">The first item.</param>
    /// <param name="count">How many items.</param>
    /// <exception cref="ArgumentOutOfRangeException">The first axis has fewer items.</exception>
    public FloatTensor Items(int start, int count)
    {
        int items = _shape.Length == 0 ? 0 : _shape[0];
        if (start < 0 || count < 0 || start > items - count)
            throw new ArgumentOutOfRangeException(
                nameof(start), $"Items {start} to {start + count - 1} were asked for, but the first axis has {items}.");
        int stride = items == 0 ? 0 : Length / items;
        int[] shape = [.. _shape];
        shape[0] = count;
        return new FloatTensor(Memory.Slice(start * stride, count * stride), shape);
    }

    /// <summary>The same values in another shape; shares the buffer.</summary>
    /// <param name="shape">A shape with as many cells.</param>
    /// <exception cref="ArgumentException">The shape has another number of cells.</exception>
    public FloatTensor Reshape(params ReadOnlySpan<int> shape) => new(Memory, shape);

    /// <summary>Tensors of one shape as one batch, their first axes joined; copies.</summary>
    /// <param name="parts">At least one; (N,…) each, alike but for N.</param>
    /// <exception cref="ArgumentException">There are none, or their shapes differ behind the first axis.</exception>
    public static FloatTensor Stack(params IReadOnlyList<FloatTensor> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0 || parts[0].Rank == 0)
            throw new ArgumentException("There is nothing to stack: at least one tensor with a first axis was expected.", nameof(parts));
        foreach (FloatTensor part in parts)
            if (part.Rank == 0 || !part.Shape[1..].SequenceEqual(parts[0].Shape[1..]))
                throw new ArgumentException($"The shapes {parts[0]} and {part} differ behind the first axis.", nameof(parts));
        FloatTensor batch = new([parts.Sum(part => part.Shape[0]), .. parts[0].Shape[1..]]);
        int start = 0;
        foreach (FloatTensor part in parts)
        {
            part.Span.CopyTo(batch.Span[start..]);
            start += part.Length;
        }

        return batch;
    }

    /// <summary>A copy with a buffer of its own.</summary>
    public FloatTensor Clone() => new(Memory.ToArray(), _shape);

    /// <summary>The shape as text, such as <c>(6, 1, 128, 141)</c>.</summary>
    public override string ToString() => Describe(_shape);

    /// <summary>A shape as text, such as <c>(6, 1, 128, 141)</c>.</summary>
    /// <param name="shape">The axes' lengths.</param>
    internal static string Describe(ReadOnlySpan<int> shape)
    {
        string[] parts = new string[shape.Length];
        for (int i = 0; i < shape.Length; i++)
            parts[i] = shape[i].ToString(CultureInfo.InvariantCulture);
        return $"({string.Join(", ", parts)})";
    }

    private static int CountCells(ReadOnlySpan<int> shape)
    {
        long cells = 1;
        foreach (int length in shape)
        {
            if (length < 0)
                throw new ArgumentException($"The shape {Describe(shape)} has a negative axis.", nameof(shape));
            cells *= length;
            if (cells > Array.MaxLength)
                throw new ArgumentException($"The shape {Describe(shape)} holds more than {Array.MaxLength} values.", nameof(shape));
        }

        return (int)cells;
    }
}
