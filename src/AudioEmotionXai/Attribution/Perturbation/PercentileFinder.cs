using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>NumPy's percentile (linear interpolation) of values between 0 and 1, without sorting them all: they are counted into narrow
/// ranges, and only the range that matters is sorted.</summary>
internal sealed class PercentileFinder
{
    private const int Ranges = 4096;
    private readonly int[] _counts = new int[Ranges + 1];
    private readonly double[] _candidates;
    private readonly int _lower;
    private readonly double _share;

    public PercentileFinder(int count, double percentile)
    {
        _candidates = new double[count];
        double position = percentile / 100 * (count - 1);
        _lower = Math.Min((int)position, count - 1);
        _share = position - _lower;
    }

    public double Find(ReadOnlySpan<double> values)
    {
        Array.Clear(_counts);
        foreach (double value in values)
            _counts[(int)(value * Ranges)]++;
        (double low, double high) = Neighbours(values);
        double step = high - low;
        return _share >= 0.5 ? high - (step * (1 - _share)) : low + (step * _share);
    }

    /// <summary>The values of rank <see cref="_lower"/> and the one after it.</summary>
    private (double Low, double High) Neighbours(ReadOnlySpan<double> values)
    {
        int rank = _lower, range = 0;
        for (; rank >= _counts[range]; range++)
            rank -= _counts[range];
        int found = Gather(values, range);
        Array.Sort(_candidates, 0, found);
        double low = _candidates[rank];
        if (rank + 1 < found || _lower + 1 == values.Length)
            return (low, _candidates[Math.Min(rank + 1, found - 1)]);
        do
            range++;
        while (_counts[range] == 0);
        return (low, TensorPrimitives.Min<double>(_candidates.AsSpan(0, Gather(values, range))));
    }

    private int Gather(ReadOnlySpan<double> values, int range)
    {
        int found = 0;
        foreach (double value in values)
            if ((int)(value * Ranges) == range)
                _candidates[found++] = value;
        return found;
    }
}
