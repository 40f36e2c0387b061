namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>A parser under hostile input: what is fed, what it may throw, and how much it may allocate for it.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Next">The next input, from a source of random decisions.</param>
/// <param name="Parse">Reads an input, and everything that it leads to.</param>
/// <param name="IsDocumented">Whether the documentation promises an exception.</param>
internal sealed record FuzzTarget(string Name, Func<Random, byte[]> Next, Action<byte[]> Parse, Func<Exception, bool> IsDocumented)
{
    /// <summary>The bytes that any input may cost.</summary>
    public long AllocationBase { get; init; } = 1 << 20;

    /// <summary>The bytes that every byte of the input may cost beyond that.</summary>
    public long AllocationPerByte { get; init; } = 256;

    public override string ToString() => Name;
}
