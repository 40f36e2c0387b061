namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>A parser under hostile input: what it starts from, what it may throw, and how much it may allocate.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Seeds">Well-formed inputs, or inputs that once led to a branch of their own.</param>
/// <param name="Parse">Reads an input, and everything that it leads to.</param>
/// <param name="IsDocumented">Whether the documentation promises an exception.</param>
internal sealed record FuzzTarget(string Name, byte[][] Seeds, Action<byte[]> Parse, Func<Exception, bool> IsDocumented)
{
    /// <summary>Pieces of the format's own text, to be put where they do not belong.</summary>
    public string[] Tokens { get; init; } = [];

    /// <summary>Damages an input where its container still parses; null where bytes are all there is to damage.</summary>
    public Func<Random, byte[], byte[]>? Damage { get; init; }

    /// <summary>The bytes that any input may cost.</summary>
    public long AllocationBase { get; init; } = 1 << 20;

    /// <summary>The bytes that every byte of the input may cost beyond that.</summary>
    public long AllocationPerByte { get; init; } = 256;

    /// <summary>How many inputs a short run takes.</summary>
    public int ShortRun { get; init; } = 2000;

    public override string ToString() => Name;
}
