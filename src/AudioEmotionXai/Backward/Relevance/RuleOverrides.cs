using System.Collections;

namespace AudioEmotionXai;

/// <summary>The exceptions of a rule set in order; of those that cover a node the last one counts. Compares by content.</summary>
public sealed class RuleOverrides : IReadOnlyList<RuleOverride>, IEquatable<RuleOverrides>
{
    private readonly RuleOverride[] _overrides;

    private RuleOverrides(RuleOverride[] overrides) => _overrides = overrides;

    /// <summary>No exceptions.</summary>
    public static RuleOverrides None { get; } = new([]);

    /// <summary>The number of exceptions.</summary>
    public int Count => _overrides.Length;

    /// <summary>An exception by its place.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public RuleOverride this[int index] => _overrides[index];

    /// <summary>These exceptions and one more.</summary>
    /// <param name="added">The exception that goes last.</param>
    public RuleOverrides With(RuleOverride added) => new([.. _overrides, added]);

    /// <inheritdoc/>
    public IEnumerator<RuleOverride> GetEnumerator() => ((IEnumerable<RuleOverride>)_overrides).GetEnumerator();

    /// <summary>Whether both hold equal exceptions in the same order.</summary>
    /// <param name="other">The other exceptions.</param>
    public bool Equals(RuleOverrides? other) => other is not null && _overrides.AsSpan().SequenceEqual(other._overrides);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RuleOverrides);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (RuleOverride one in _overrides)
            hash.Add(one);
        return hash.ToHashCode();
    }

    /// <summary>The exceptions in order, as a record that holds them prints them.</summary>
    public override string ToString() => $"[{string.Join(", ", (IEnumerable<RuleOverride>)_overrides)}]";

    IEnumerator IEnumerable.GetEnumerator() => _overrides.GetEnumerator();

    internal RelevanceRule? RuleFor(OnnxNode node)
    {
        for (int i = _overrides.Length - 1; i >= 0; i--)
            if (_overrides[i].Covers(node))
                return _overrides[i].Rule;
        return null;
    }
}
