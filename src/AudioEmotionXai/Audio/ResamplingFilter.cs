using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>The taps of a polyphase low-pass filter between two sample rates: phase p lies p / <see cref="Phases"/> of an input sample
/// after one.</summary>
internal sealed class ResamplingFilter
{
    private const int ZeroCrossings = 64;
    private const double Beta = 10.0;
    private const double CutOff = 0.95;
    private const int MaximumCachedPhases = 4096;
    private readonly double _scale;
    private readonly float[]?[] _cache;
    private readonly float[] _scratch;

    public ResamplingFilter(int sourceRate, int targetRate)
    {
        int divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(sourceRate, targetRate);
        Phases = targetRate / divisor;
        Step = sourceRate / divisor;
        _scale = CutOff * Math.Min(1.0, (double)targetRate / sourceRate);
        HalfLength = (int)Math.Ceiling(ZeroCrossings / _scale);
        _cache = new float[]?[Math.Min(Phases, MaximumCachedPhases)];
        _scratch = new float[2 * HalfLength];
    }

    /// <summary>Output samples per <see cref="Step"/> input samples.</summary>
    public int Phases { get; }

    /// <summary>Input samples per <see cref="Phases"/> output samples.</summary>
    public int Step { get; }

    /// <summary>Half the number of taps.</summary>
    public int HalfLength { get; }

    /// <summary>The taps for input samples -HalfLength + 1 to HalfLength around the position; valid until the next call.</summary>
    public ReadOnlySpan<float> Taps(int phase)
    {
        if (phase >= _cache.Length)
        {
            Compute(phase, _scratch);
            return _scratch;
        }

        return _cache[phase] ??= Compute(phase, new float[2 * HalfLength]);
    }

    private float[] Compute(int phase, float[] taps)
    {
        double fraction = (double)phase / Phases;
        for (int i = 0; i < taps.Length; i++)
            taps[i] = (float)WindowedSinc((i - HalfLength + 1 - fraction) * _scale);
        TensorPrimitives.Divide(taps, TensorPrimitives.Sum<float>(taps), taps);
        return taps;
    }

    private static double WindowedSinc(double x)
    {
        double relative = x / ZeroCrossings;
        if (Math.Abs(relative) >= 1)
            return 0;
        double sinc = x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
        return sinc * BesselI0(Beta * Math.Sqrt(1 - (relative * relative))) / BesselI0(Beta);
    }

    /// <summary>The modified Bessel function of order 0, by its power series (all terms positive: nothing cancels).</summary>
    private static double BesselI0(double x)
    {
        double sum = 1;
        double term = 1;
        double quarter = x * x / 4;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            term *= quarter / ((double)k * k);
            sum += term;
        }

        return sum;
    }
}
