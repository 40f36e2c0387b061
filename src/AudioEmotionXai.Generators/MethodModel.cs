using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace AudioEmotionXai.Generators;

/// <summary>What the registry says about one method, or the problems that keep it out of the registry.</summary>
internal sealed record MethodModel(
    string Type,
    string Id,
    string Summary,
    SourcePlace Place,
    EquatableArray<OptionModel> Options,
    EquatableArray<Problem> Problems);

/// <summary>What the registry says about one option: its names, and the C# expression of the codec that reads and writes its
/// values.</summary>
internal sealed record OptionModel(string Property, string Name, string Description, string Codec);

/// <summary>An array that compares by its items, so that unchanged methods leave the generated file untouched while one types.</summary>
internal readonly struct EquatableArray<T> : IEquatable<EquatableArray<T>>, IEnumerable<T>
    where T : IEquatable<T>
{
    private readonly ImmutableArray<T> _items;

    public EquatableArray(IEnumerable<T> items) => _items = [.. items];

    private ImmutableArray<T> Items => _items.IsDefault ? [] : _items;

    public bool Equals(EquatableArray<T> other) => Items.SequenceEqual(other.Items);

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode() => Items.Aggregate(17, (hash, item) => unchecked((hash * 31) + item.GetHashCode()));

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
