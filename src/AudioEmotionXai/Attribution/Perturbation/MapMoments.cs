using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>Sums of maps and of their squares, kept in double precision, cell by cell: over all samples, and over every second
/// one.</summary>
internal sealed class MapMoments
{
    private readonly int[] _shape;
    private readonly double[] _sum;
    private readonly double[] _squares;
    private readonly double[] _evenSum;
    private readonly double[] _evenSquares;

    public MapMoments(int[] shape)
    {
        _shape = shape;
        int cells = new FloatTensor(shape).Length;
        (_sum, _squares, _evenSum, _evenSquares) = (new double[cells], new double[cells], new double[cells], new double[cells]);
    }

    /// <summary>Adds one map of an item.</summary>
    public void Add(int item, ReadOnlySpan<float> map, bool isEven)
    {
        Add(item, map, _sum, _squares);
        if (isEven)
            Add(item, map, _evenSum, _evenSquares);
    }

    public FloatTensor Reduce(NoiseReduction reduction, int samples)
    {
        FloatTensor result = new(_shape);
        Reduce(_sum, _squares, reduction, samples, result.Span);
        return result;
    }

    /// <summary>Per item, how well the maps of the even and of the odd samples agree.</summary>
    public double[] CompareHalves(NoiseReduction reduction, int samples)
    {
        int cells = _sum.Length / _shape[0], even = (samples + 1) / 2;
        HalfMaps halves = new(_shape[0], cells);
        double[] oddSum = new double[cells], oddSquares = new double[cells];
        for (int item = 0; item < _shape[0] && samples > even; item++)
        {
            Range range = (item * cells)..((item + 1) * cells);
            Reduce(_evenSum.AsSpan(range), _evenSquares.AsSpan(range), reduction, even, halves.First);
            TensorPrimitives.Subtract(_sum.AsSpan(range), _evenSum.AsSpan(range), oddSum);
            TensorPrimitives.Subtract(_squares.AsSpan(range), _evenSquares.AsSpan(range), oddSquares);
            Reduce(oddSum, oddSquares, reduction, samples - even, halves.Second);
            halves.Measure(item);
        }

        return halves.Values;
    }

    private static void Add(int item, ReadOnlySpan<float> map, double[] sums, double[] allSquares)
    {
        int offset = item * map.Length;
        Span<double> sum = sums.AsSpan(offset, map.Length);
        Span<double> squares = allSquares.AsSpan(offset, map.Length);
        for (int i = 0; i < map.Length; i++)
        {
            sum[i] += map[i];
            squares[i] += (double)map[i] * map[i];
        }
    }

    private static void Reduce(
        ReadOnlySpan<double> sum, ReadOnlySpan<double> squares, NoiseReduction reduction, int samples, Span<float> cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            double mean = sum[i] / samples;
            cells[i] = (float)(reduction switch
            {
                NoiseReduction.Square => squares[i] / samples,
                NoiseReduction.Variance => Math.Max(0, (squares[i] / samples) - (mean * mean)),
                _ => mean,
            });
        }
    }
}
