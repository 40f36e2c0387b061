namespace AudioEmotionXai;

/// <summary>The names that a file uses for the members of an enumeration.</summary>
internal sealed class NamedValues<T>(params (string Name, T Value)[] pairs)
    where T : struct, Enum
{
    /// <summary>The names, for messages.</summary>
    public string Names => string.Join(", ", pairs.Select(pair => $"'{pair.Name}'"));

    public string NameOf(T value) => pairs.First(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Name;

    public bool TryFind(string name, out T value)
    {
        foreach ((string known, T member) in pairs)
        {
            if (known == name)
            {
                value = member;
                return true;
            }
        }

        value = default;
        return false;
    }
}
