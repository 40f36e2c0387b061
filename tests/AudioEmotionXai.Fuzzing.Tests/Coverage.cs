using System.Numerics;
using SharpFuzz.Common;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Which branches inputs have taken so far, and about how often: once, twice, up to 3, 7, 15, 31, 127, or more.</summary>
internal sealed unsafe class Coverage
{
    private readonly byte[] _seen = new byte[InstrumentedContext.MapSize];

    /// <summary>How many cells of the map were ever counted.</summary>
    public int Branches => _seen.Count(cell => cell != 0);

    /// <summary>Forgets the last input's path.</summary>
    public static void Clear()
    {
        new Span<byte>(Trace.SharedMem, InstrumentedContext.MapSize).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the last input took a branch that no input took before, or took one more often.</summary>
    public bool TakeNew()
    {
        ReadOnlySpan<byte> counts = new(Trace.SharedMem, InstrumentedContext.MapSize);
        bool isNew = false;
        for (int at = counts.IndexOfAnyExcept((byte)0); at >= 0 && at < counts.Length;)
        {
            byte bucket = (byte)(1 << Math.Min(7, BitOperations.Log2(counts[at]) + (counts[at] > 1 ? 1 : 0)));
            isNew |= (_seen[at] & bucket) == 0;
            _seen[at] |= bucket;
            int next = counts[(at + 1)..].IndexOfAnyExcept((byte)0);
            at = next < 0 ? counts.Length : at + 1 + next;
        }

        return isNew;
    }
}
