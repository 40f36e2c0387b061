namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Random numbers that depend on their keys alone (SplitMix64), so that a clip's draws are the same in any order, shard or resumed run.
/// </summary>
/// <remarks>Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014, doi:10.1145/2660193.2660195.</remarks>
internal sealed class KeyedRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Numbers of their own for each sequence of keys: a seed, a clip, a purpose.</summary>
    public KeyedRandom(params ReadOnlySpan<long> keys)
    {
        foreach (long key in keys)
            _state = Mix(_state + Golden + (ulong)key);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        _state += Golden;
        return Mix(_state);
    }

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1, each equally likely.</summary>
    public int NextIndex(int count)
    {
        // Lemire's multiply-and-reject: the rejected low part is what would favour some indices.
        ulong product = (uint)(NextBits() >> 32) * (ulong)count;
        while ((uint)product < (uint)count && (uint)product < (uint)(-count) % (uint)count)
            product = (uint)(NextBits() >> 32) * (ulong)count;
        return (int)(product >> 32);
    }

    /// <summary>A number from 0 up to 1, 1 excluded.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A draw from the standard normal distribution (Box and Muller).</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>The numbers from 0 to <paramref name="count"/> - 1 in random order (Fisher and Yates).</summary>
    public int[] NextPermutation(int count)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            int other = NextIndex(i + 1);
            order[i] = order[other];
            order[other] = i;
        }

        return order;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
