using System.Numerics;
using System.Runtime.Intrinsics;

namespace AudioEmotionXai;

/// <summary>
/// The random numbers of NumPy's <c>RandomState</c>, bit for bit: Mersenne Twister MT19937 seeded by an integer, with the legacy
/// ways of making integers, normals and permutations. Sampled methods compare with their Python originals sample by sample through it.
/// </summary>
/// <remarks>
/// M. Matsumoto, T. Nishimura: Mersenne Twister, ACM TOMACS 8(1), 1998, doi:10.1145/272991.272995. Not thread-safe: every call of a method
/// makes its own.
/// </remarks>
internal sealed class NumPyRandom
{
    private const int Words = 624;
    private const int Middle = 397;
    private const uint UpperBit = 0x80000000u;
    private const uint TwistWord = 0x9908b0dfu;
    private const int PairsAtOnce = 128;
    private readonly uint[] _state = new uint[Words];
    private readonly uint[] _ready = new uint[Words];
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
        return _ready[_next++];
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
        Span<PolarPair> pairs = stackalloc PolarPair[PairsAtOnce];
        int filled = 0;
        if (_hasSpareNormal && values.Length > 0)
            values[filled++] = mean + (deviation * NextGauss());
        while (values.Length - filled >= 2)
        {
            Span<PolarPair> some = pairs[..Math.Min(PairsAtOnce, (values.Length - filled) / 2)];
            FillPairs(some);
            foreach (PolarPair pair in some)
            {
                double factor = pair.Factor;
                values[filled++] = mean + (deviation * (factor * pair.Y));
                values[filled++] = mean + (deviation * (factor * pair.X));
            }
        }

        if (filled < values.Length)
            values[filled] = mean + (deviation * NextGauss());
    }

    /// <summary>The next draws of the polar method, of which each makes two normals: those at Y, then at X, times the factor. Only right
    /// where no spare normal is left over.</summary>
    public void FillPairs(Span<PolarPair> pairs)
    {
        for (int i = 0; i < pairs.Length; i++)
            pairs[i] = NextPair();
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

        PolarPair pair = NextPair();
        double factor = pair.Factor;
        _spareNormal = factor * pair.X;
        _hasSpareNormal = true;
        return factor * pair.Y;
    }

    private PolarPair NextPair()
    {
        double x, y, square;
        do
        {
            x = (2.0 * NextDouble()) - 1.0;
            y = (2.0 * NextDouble()) - 1.0;
            square = (x * x) + (y * y);
        }
        while (square >= 1.0 || square == 0.0);
        return new PolarPair(x, y, square);
    }

    private void Refill()
    {
        int i = Twist(0, Words - Middle, Middle);
        i = Twist(i, Words - 1, Middle - Words);
        _state[i] = _state[Middle - 1] ^ TwistOf(_state[i], _state[0]);
        Temper();
        _next = 0;
    }

    /// <summary>Words first to end - 1, each from itself, the next and the one at a distance. All of these lie at least eight words away
    /// from those written together.</summary>
    private int Twist(int first, int end, int distance)
    {
        int i = first;
        for (; i <= end - Vector256<uint>.Count; i += Vector256<uint>.Count)
        {
            Vector256<uint> lower = Vector256.LoadUnsafe(ref _state[i + 1]);
            Vector256<uint> mixed =
                (Vector256.LoadUnsafe(ref _state[i]) & Vector256.Create(UpperBit)) | (lower & Vector256.Create(~UpperBit));
            Vector256<uint> twisted =
                (mixed >>> 1) ^ ((Vector256<uint>.Zero - (lower & Vector256<uint>.One)) & Vector256.Create(TwistWord));
            (Vector256.LoadUnsafe(ref _state[i + distance]) ^ twisted).StoreUnsafe(ref _state[i]);
        }

        for (; i < end; i++)
            _state[i] = _state[i + distance] ^ TwistOf(_state[i], _state[i + 1]);
        return end;
    }

    private static uint TwistOf(uint upper, uint lower)
    {
        uint mixed = (upper & UpperBit) | (lower & ~UpperBit);
        return (mixed >> 1) ^ ((0u - (lower & 1)) & TwistWord);
    }

    private void Temper()
    {
        for (int i = 0; i < Words; i += Vector256<uint>.Count)
        {
            Vector256<uint> word = Vector256.LoadUnsafe(ref _state[i]);
            word ^= word >>> 11;
            word ^= (word << 7) & Vector256.Create(0x9d2c5680u);
            word ^= (word << 15) & Vector256.Create(0xefc60000u);
            (word ^ (word >>> 18)).StoreUnsafe(ref _ready[i]);
        }
    }

    /// <summary>A point within the unit circle and its squared distance from the centre.</summary>
    internal readonly record struct PolarPair(double X, double Y, double Square)
    {
        /// <summary>What turns the coordinates into two independent normals.</summary>
        public double Factor => Math.Sqrt(-2.0 * Math.Log(Square) / Square);
    }
}
