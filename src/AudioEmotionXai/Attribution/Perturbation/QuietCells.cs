using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>How often each cell lies at or below a percentile under noise: the silence map's work.</summary>
/// <remarks>
/// Random numbers can only be drawn one after another, and making them normal costs about as much: one thread draws the next samples' pairs
/// while another works on the last ones. The result does not depend on who is faster.
/// </remarks>
internal sealed class QuietCells
{
    private const int SamplesAtOnce = 4;
    private readonly double[] _scaled;
    private readonly double[] _noisy;
    // How often a cell was quiet: in all samples below, in the even ones above the 32nd bit
    private readonly long[] _counts;
    private readonly double _noise;
    private readonly PercentileFinder _finder;

    private QuietCells(ReadOnlySpan<float> item, double noise, double percentile)
    {
        _scaled = ScaleToUnit(item);
        _noisy = new double[item.Length];
        _counts = new long[item.Length];
        _noise = noise;
        _finder = new PercentileFinder(item.Length, percentile);
    }

    /// <summary>For every cell, the share of samples in which it is quiet.</summary>
    public static double[] Map(
        ReadOnlySpan<float> item, int samples, double noise, double percentile, uint seed, CancellationToken cancellationToken,
        HalfMaps? halves = null)
    {
        QuietCells cells = new(item, noise, percentile);
        cells.Run(samples, new NumPyRandom(seed), cancellationToken);
        if (halves is not null)
            cells.WriteHalves(halves.First, halves.Second);
        return Array.ConvertAll(cells._counts, count => (double)(int)count / samples);
    }

    /// <summary>How often each cell was quiet in the even and in the odd samples.</summary>
    private void WriteHalves(Span<float> even, Span<float> odd)
    {
        for (int i = 0; i < _counts.Length; i++)
            (even[i], odd[i]) = (_counts[i] >> 32, (int)_counts[i] - (_counts[i] >> 32));
    }

    private void Run(int samples, NumPyRandom random, CancellationToken cancellationToken)
    {
        // An even number of samples at once begins with a whole pair
        int pairs = SamplesAtOnce * _scaled.Length / 2;
        NumPyRandom.PolarPair[] drawn = new NumPyRandom.PolarPair[pairs], used = new NumPyRandom.PolarPair[pairs];
        Task work = Task.CompletedTask;
        for (int first = 0; first < samples; first += SamplesAtOnce)
        {
            int count = Math.Min(SamplesAtOnce, samples - first);
            random.FillPairs(drawn.AsSpan(0, ((count * _scaled.Length) + 1) / 2));
            work.GetAwaiter().GetResult();
            cancellationToken.ThrowIfCancellationRequested();
            (drawn, used) = (used, drawn);
            NumPyRandom.PolarPair[] ready = used;
            work = Task.Run(() => Count(ready, count), CancellationToken.None);
        }

        work.GetAwaiter().GetResult();
    }

    private void Count(NumPyRandom.PolarPair[] pairs, int samples)
    {
        for (int sample = 0; sample < samples; sample++)
        {
            AddNoise(pairs, sample * _scaled.Length);
            double threshold = _finder.Find(_noisy);
            // Samples come in even numbers, but for the last ones
            long one = sample % 2 == 0 ? (1L << 32) + 1 : 1;
            for (int i = 0; i < _noisy.Length; i++)
                _counts[i] += _noisy[i] <= threshold ? one : 0;
        }
    }

    /// <summary>Scaled cells plus noise, clipped to 0..1; <paramref name="first"/> is the first normal, two to a pair.</summary>
    private void AddNoise(NumPyRandom.PolarPair[] pairs, int first)
    {
        for (int i = 0; i < _noisy.Length;)
        {
            NumPyRandom.PolarPair pair = pairs[(first + i) / 2];
            double factor = pair.Factor;
            if ((first + i) % 2 == 0)
                _noisy[i++] = _noise * (factor * pair.Y);
            if (i < _noisy.Length)
                _noisy[i++] = _noise * (factor * pair.X);
        }

        TensorPrimitives.Add(_noisy, _scaled, _noisy);
        TensorPrimitives.Clamp(_noisy, 0.0, 1.0, _noisy);
    }

    private static double[] ScaleToUnit(ReadOnlySpan<float> item)
    {
        double[] scaled = new double[item.Length];
        TensorPrimitives.ConvertTruncating(item, scaled);
        double least = TensorPrimitives.Min<double>(scaled), most = TensorPrimitives.Max<double>(scaled);
        TensorPrimitives.Subtract(scaled, least, scaled);
        TensorPrimitives.Divide(scaled, most - least + 1e-10, scaled);
        return scaled;
    }
}
