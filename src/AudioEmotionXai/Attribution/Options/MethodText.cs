using System.Buffers;
using System.Text;

namespace AudioEmotionXai;

/// <summary>The text form of a method: blanks between <c>name=value</c> pairs, values with blanks in double quotes, backslash before a
/// quote or backslash in them.</summary>
internal static class MethodText
{
    /// <summary>What follows the text of a method that has more to it than text can say.</summary>
    public const string Partial = "(more than this text says";

    private static readonly SearchValues<char> s_needQuotes = SearchValues.Create(" \t\r\n\"\\");

    public static (string Id, List<KeyValuePair<string, string>> Options) Split(string text)
    {
        if (text.Contains(Partial, StringComparison.Ordinal))
            throw new MethodOptionException(
                $"'{text}' names a method with options that no text carries, such as rules of one's own: it can only be made in code.");
        List<string> words = Words(text);
        if (words.Count == 0)
            throw new MethodOptionException("An empty text names no method.");
        List<KeyValuePair<string, string>> options = [];
        foreach (string word in words.Skip(1))
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new MethodOptionException($"'{word}' in '{text}' is not of the form name=value.");
            options.Add(new(word[..equals], word[(equals + 1)..]));
        }

        return (words[0], options);
    }

    public static string Quote(string value)
    {
        if (value.Length > 0 && !value.AsSpan().ContainsAny(s_needQuotes))
            return value;
        return $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static List<string> Words(string text)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool quoted = false, started = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '\\' && i + 1 < text.Length)
                word.Append(text[++i]);
            else if (c == '"')
                (quoted, started) = (!quoted, true);
            else if (!quoted && char.IsWhiteSpace(c))
                Finish(words, word, ref started);
            else
                (started, _) = (true, word.Append(c));
        }

        if (quoted)
            throw new MethodOptionException($"A double quote in '{text}' is not closed.");
        Finish(words, word, ref started);
        return words;
    }

    private static void Finish(List<string> words, StringBuilder word, ref bool started)
    {
        if (started)
            words.Add(word.ToString());
        word.Clear();
        started = false;
    }
}
