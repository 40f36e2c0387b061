using System.Globalization;
using System.Text.RegularExpressions;

namespace AudioEmotionXai.Cli;

/// <summary>Reads the groups of clips from a table, or off their names.</summary>
internal static class ClipGroups
{
    /// <summary>The group of each clip.</summary>
    /// <param name="text">A .csv file, or a pattern with one group.</param>
    /// <param name="names">The clips' names.</param>
    public static string[] Read(string text, IReadOnlyList<string> names) =>
        IsTable(text) ? FromTable(text, names) : FromNames(text, names);

    /// <summary>Whether the text names a table.</summary>
    public static bool IsTable(string text) =>
        string.Equals(Path.GetExtension(text), ".csv", StringComparison.OrdinalIgnoreCase);

    private static string[] FromNames(string text, IReadOnlyList<string> names)
    {
        Regex pattern;
        try
        {
            pattern = new Regex(text, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException failure)
        {
            throw new UsageException($"--groups: '{text}' is neither a .csv file nor a pattern: {failure.Message}");
        }

        return
        [
            .. names.Select(name => pattern.Match(name) is { Success: true, Groups.Count: > 1 } match
                ? match.Groups[1].Value
                : throw new UsageException(
                    $"--groups: the pattern '{text}' finds no group in the clip's name '{name}'; it needs one in round brackets.")),
        ];
    }

    private static string[] FromTable(string file, IReadOnlyList<string> names)
    {
        Dictionary<string, string> groups = [];
        if (File.Exists(file) && new FileInfo(RealPath.Of(file)).Length == 0)
            throw new FormatException($"{file}: is empty, or no file but a pipe or a device; expected: a table clip,group.");
        foreach ((int line, string text) in File.ReadAllLines(file).Index())
        {
            string[] fields = text.Split(',', StringSplitOptions.TrimEntries);
            if (text.Trim().Length == 0 || (line == 0 && fields is ["clip", "group", ..]))
                continue;
            if (fields.Length < 2 || fields[1].Length == 0)
                throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture, $"{file}, line {line + 1}: '{text}' has no group; expected clip,group."));
            if (!groups.TryAdd(fields[0], fields[1]) && groups[fields[0]] != fields[1])
                throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture, $"{file}, line {line + 1}: {fields[0]} has two groups."));
        }

        return
        [
            .. names.Select((name, clip) =>
                groups.TryGetValue(name, out string? group)
                || groups.TryGetValue(clip.ToString(CultureInfo.InvariantCulture), out group)
                    ? group
                    : throw new FormatException(string.Create(
                        CultureInfo.InvariantCulture, $"{file}: no group for clip {clip}, {name}."))),
        ];
    }
}
