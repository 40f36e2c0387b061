namespace AudioEmotionXai.Cli;

/// <summary>Tells whether two names are one file.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The full path with every link on it followed; what is not there stays as it is written.</summary>
    public static string Of(string path) => Of(path, MostLinks);

    /// <summary>Whether two real paths lead to one file. Names that differ in case alone do where the folder holds one of them.</summary>
    public static bool AreOne(string first, string second)
    {
        if (first == second)
            return true;
        if (!string.Equals(first, second, StringComparison.OrdinalIgnoreCase) || !File.Exists(first) || !File.Exists(second))
            return false;
        string name = Path.GetFileName(first);
        return Directory.EnumerateFiles(Path.GetDirectoryName(first)!)
            .Count(file => string.Equals(Path.GetFileName(file), name, StringComparison.OrdinalIgnoreCase)) == 1;
    }

    /// <summary>Whether a real path lies in a folder, at any depth.</summary>
    public static bool IsWithin(string path, string folder)
    {
        string inside = Path.GetRelativePath(folder, path);
        bool isAbove = inside == ".." || inside.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return !isAbove && !Path.IsPathRooted(inside);
    }

    private static string Of(string path, int links)
    {
        string full = Path.GetFullPath(path), real = Path.GetPathRoot(full)!;
        foreach (string part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (links > 0 && TargetOf(real) is { } target)
                real = Of(target, links - 1);
        }

        return real;
    }

    private static string? TargetOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is not there yet, or not ours to read: then it is no link that this command reads through
            return null;
        }
    }
}
