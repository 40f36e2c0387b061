namespace AudioEmotionXai;

/// <summary>Reads the flat Python dictionary of an NPY header: quoted keys; values that are quoted, a word, or in brackets. Nothing is
/// evaluated.</summary>
internal sealed class PythonDictionaryReader(string text, string name)
{
    private int _position;

    /// <summary>The entries; quotes are taken off, brackets are kept.</summary>
    public Dictionary<string, string> Read()
    {
        Dictionary<string, string> entries = new(StringComparer.Ordinal);
        Expect('{');
        while (Peek() != '}')
        {
            string key = Quoted();
            Expect(':');
            entries[key] = Value();
            if (Peek() == ',')
                _position++;
            else if (Peek() != '}')
                throw Wrong("a comma or '}'");
        }

        return entries;
    }

    private string Value() => Peek() switch
    {
        '\'' or '"' => Quoted(),
        '(' or '[' => Bracketed(),
        _ => Word(),
    };

    private string Quoted()
    {
        char quote = Peek();
        if (quote is not ('\'' or '"'))
            throw Wrong("a quoted text");
        int end = text.IndexOf(quote, _position + 1);
        if (end < 0)
            throw Wrong("a closing quote");
        string value = text[(_position + 1)..end];
        _position = end + 1;
        return value;
    }

    private string Bracketed()
    {
        int start = _position;
        int depth = 0;
        for (; _position < text.Length; _position++)
        {
            depth += text[_position] is '(' or '[' ? 1 : text[_position] is ')' or ']' ? -1 : 0;
            if (depth == 0)
                return text[start..++_position];
        }

        throw Wrong("a closing bracket");
    }

    private string Word()
    {
        int start = _position;
        while (_position < text.Length && (char.IsLetterOrDigit(text[_position]) || text[_position] is '_' or '.' or '-'))
            _position++;
        return _position > start ? text[start.._position] : throw Wrong("a value");
    }

    private char Peek()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
            _position++;
        return _position < text.Length ? text[_position] : '\0';
    }

    private void Expect(char character)
    {
        if (Peek() != character)
            throw Wrong($"'{character}'");
        _position++;
    }

    private NpyFormatException Wrong(string expected) =>
        new(
            FormattableString.Invariant(
                $"{name}: the NPY header is not a Python dictionary: at character {_position}, expected {expected}."));
}
