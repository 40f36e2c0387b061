namespace OnnxRuntimeFeed;

/// <summary>Copies so that nobody ever sees half a file: under another name first, then moved.</summary>
internal static class FileCopy
{
    public static void Whole(string source, string target)
    {
        string temporary = $"{target}.{Guid.NewGuid():N}.new";
        File.Copy(source, temporary);
        File.Move(temporary, target, overwrite: true);
    }
}
