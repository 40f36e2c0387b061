namespace AudioEmotionXai;

/// <summary>Text as a field of a CSV file (RFC 4180) that a spreadsheet takes as text: labels and clip names are other people's.</summary>
/// <remarks>A text that begins with = + - @, a tab or a line end would be computed as a formula; it gets an apostrophe in front, which
/// spreadsheets take as "this is text" (OWASP, "CSV Injection"). Numbers are not written through here.</remarks>
internal static class CsvField
{
    /// <summary>The field.</summary>
    public static string Of(string text)
    {
        string safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
