using System.Globalization;

namespace AudioEmotionXai.Evaluation;

/// <summary>A part of a corpus for one of several machines: the <paramref name="Index"/>th of <paramref name="Count"/>.</summary>
/// <param name="Index">1 to <paramref name="Count"/>.</param>
/// <param name="Count">At least 1.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>The whole corpus.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Reads a shard from text such as <c>2/8</c>.</summary>
    /// <param name="text">The shard's number, a slash, and how many there are.</param>
    /// <exception cref="ArgumentException">The text is not of that form, or the number is not between 1 and the count.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && index >= 1 && index <= count)
            return new Shard(index, count);
        throw new ArgumentException($"'{text}' is not a shard; expected i/n with i from 1 to n, such as 2/8.", nameof(text));
    }

    /// <summary>Whether a batch of clips belongs to this shard.</summary>
    internal bool Contains(int batch) => batch % Count == Index - 1;
}
