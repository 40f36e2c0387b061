using System.Numerics;

namespace AudioEmotionXai.Primitives;

/// <summary>
/// The random numbers of NumPy's <c>RandomState</c>, bit for bit: Mersenne Twister MT19937 seeded by an integer, with the legacy
/// ways of making integers, normals and permutations. Sampled methods compare with their Python originals sample by sample through it.
/// </summary>
/// <remarks>
/// M. Matsumoto, T. Nishimura: Mersenne Twister, ACM TOMACS 8(1), 1998, doi:10.1145/272991.272995. Not thread-safe: every call of a method makes its own.
/// </remarks>
internal sealed class NumPyRandom
{
    private const int Words = 624;
    private const int Middle = 397;
    private readonly uint[] _state = new uint[Words];
    private int _next = Words;
    private double _spareNormal;
    private bool _hasSpareNormal;

    /// <summary>Starts the sequence of a seed, as <c>RandomState(seed)</c>.</summary>
    /// <param name="seed">0 to 2^32 - 1.</param>
    public NumPyRandom(uint seed)
    {
        for (uint i = 0; i < Words; i++)
        {
            _state[i] = seed;
            seed = (1812433253u * (seed ^ (seed >> 30))) + i + 1;
        }
    }

    /// <summary>The next 32 bits.</summary>
    public uint NextUInt32()
    {
        if (_next == Words)
            Refill();
        return Temper(_state[_next++]);
    }

    /// <summary><c>random_sample()</c>: [0, 1) with 53 bits.</summary>
    public double NextDouble()
    {
        uint high = NextUInt32() >> 5;
        uint low = NextUInt32() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary><c>uniform(low, high)</c>.</summary>
    public double Uniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary><c>normal(mean, deviation)</c>: Marsaglia's polar method, whose second value is kept for the next call.</summary>
    public double Normal(double mean = 0, double deviation = 1) => mean + (deviation * NextGauss());

    /// <summary>Fills a span as <c>normal(mean, deviation, size)</c>.</summary>
    public void FillNormal(Span<double> values, double mean, double deviation)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = mean + (deviation * NextGauss());
    }

    /// <summary><c>randint(low, high)</c>: low to high - 1, by rejection under a mask.</summary>
    public long Integer(long low, long high)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(low, high);
        return low + (long)UpTo((ulong)(high - 1 - low));
    }

    /// <summary>Fills a span as <c>randint(0, 2, size)</c>.</summary>
    public void FillBits(Span<byte> bits)
    {
        for (int i = 0; i < bits.Length; i++)
            bits[i] = (byte)(NextUInt32() & 1);
    }

    /// <summary><c>permutation(count)</c>.</summary>
    public int[] Permutation(int count)
    {
        int[] values = new int[count];
        for (int i = 0; i < count; i++)
            values[i] = i;
        Shuffle(values.AsSpan());
        return values;
    }

    /// <summary><c>choice(population, count, replace=False)</c>.</summary>
    public int[] Choice(int population, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, population);
        return Permutation(population)[..count];
    }

    /// <summary><c>shuffle(values)</c>.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int other = (int)UpTo((ulong)i);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }

    /// <summary>0 to <paramref name="maximum"/>, both included: draws under the smallest mask until one fits.</summary>
    private ulong UpTo(ulong maximum)
    {
        if (maximum == 0)
            return 0;
        ulong mask = ulong.MaxValue >> BitOperations.LeadingZeroCount(maximum);
        ulong value;
        do
        {
            value = (maximum <= uint.MaxValue ? NextUInt32() : NextUInt64()) & mask;
        }
        while (value > maximum);
        return value;
    }

    private ulong NextUInt64()
    {
        ulong high = NextUInt32();
        return (high << 32) | NextUInt32();
    }

    private double NextGauss()
    {
        if (_hasSpareNormal)
        {
            _hasSpareNormal = false;
            return _spareNormal;
        }

        double x, y, square;
        do
        {
            x = (2.0 * NextDouble()) - 1.0;
            y = (2.0 * NextDouble()) - 1.0;
            square = (x * x) + (y * y);
        }
        while (square >= 1.0 || square == 0.0);
        double factor = Math.Sqrt(-2.0 * Math.Log(square) / square);
        _spareNormal = factor * x;
        _hasSpareNormal = true;
        return factor * y;
    }

    private static uint Temper(uint y)
    {
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }

    private void Refill()
    {
        for (int i = 0; i < Words - Middle; i++)
            _state[i] = _state[i + Middle] ^ Twist(_state[i], _state[i + 1]);
        for (int i = Words - Middle; i < Words - 1; i++)
            _state[i] = _state[i + Middle - Words] ^ Twist(_state[i], _state[i + 1]);
        _state[Words - 1] = _state[Middle - 1] ^ Twist(_state[Words - 1], _state[0]);
        _next = 0;
    }

    private static uint Twist(uint upper, uint lower)
    {
        uint y = (upper & 0x80000000u) | (lower & 0x7fffffffu);
        return (y >> 1) ^ ((0u - (lower & 1)) & 0x9908b0dfu);
    }
}
