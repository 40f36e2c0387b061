namespace AudioEmotionXai;

/// <summary>Tells files from what only looks like one: to open a pipe waits for ever for somebody who writes, and a device may never
/// end.</summary>
internal static class InputFile
{
    /// <summary>Refuses a path that leads to no content, without opening it. A path that leads nowhere passes: opening tells
    /// that.</summary>
    /// <param name="path">The path; links are followed.</param>
    /// <param name="refusal">Makes the exception of a message.</param>
    public static void ThrowIfNoContent(string path, Func<string, Exception> refusal)
    {
        if (File.Exists(path) && LengthOf(path) == 0)
            throw refusal($"{path}: is empty, or no file but a pipe or a device; expected: a file with content.");
    }

    /// <summary>The length of the file that a path leads to, links followed; pipes and devices have none.</summary>
    public static long LengthOf(string path)
    {
        FileInfo file = new(path);
        // A link's own length is that of the path it holds; a shell's pipe looks like a link to nowhere
        return file.LinkTarget is null ? file.Length
            : file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length
            : 0;
    }
}
