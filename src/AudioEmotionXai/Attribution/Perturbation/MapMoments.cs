namespace AudioEmotionXai;

/// <summary>Sums of maps and of their squares, kept in double precision, cell by cell.</summary>
internal sealed class MapMoments
{
    private readonly int[] _shape;
    private readonly double[] _sum;
    private readonly double[] _squares;

    public MapMoments(int[] shape)
    {
        _shape = shape;
        int cells = new FloatTensor(shape).Length;
        _sum = new double[cells];
        _squares = new double[cells];
    }

    /// <summary>Adds one map of an item.</summary>
    public void Add(int item, ReadOnlySpan<float> map)
    {
        int offset = item * map.Length;
        Span<double> sum = _sum.AsSpan(offset, map.Length);
        Span<double> squares = _squares.AsSpan(offset, map.Length);
        for (int i = 0; i < map.Length; i++)
        {
            sum[i] += map[i];
            squares[i] += (double)map[i] * map[i];
        }
    }

    public FloatTensor Reduce(NoiseReduction reduction, int samples)
    {
        FloatTensor result = new(_shape);
        Span<float> cells = result.Span;
        for (int i = 0; i < cells.Length; i++)
        {
            double mean = _sum[i] / samples;
            cells[i] = (float)(reduction switch
            {
                NoiseReduction.Square => _squares[i] / samples,
                NoiseReduction.Variance => Math.Max(0, (_squares[i] / samples) - (mean * mean)),
                _ => mean,
            });
        }

        return result;
    }
}
