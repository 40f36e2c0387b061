namespace AudioEmotionXai;

/// <summary>Writes a file whole or not at all: into a temporary name beside it, then moved. Every file that the library writes goes through
/// here.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file; an existing one is replaced only once everything is written, and a failure leaves nothing behind.</summary>
    /// <param name="path">Where the file goes; missing folders are made.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        WriteTogether([new(path, write)]);
    }

    /// <summary>Writes files that belong together: none appears under its name before all are written, and a failure to write leaves
    /// nothing behind.</summary>
    /// <param name="folder">Where the files go; made where missing.</param>
    /// <param name="files">Names within the folder, and contents.</param>
    public static void WriteAll(string folder, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(files);
        WriteTogether(
            files.Select(file => new KeyValuePair<string, Action<Stream>>(
                Path.Combine(folder, file.Key), stream => stream.Write(file.Value.Span))));
    }

    private static void WriteTogether(IEnumerable<KeyValuePair<string, Action<Stream>>> files)
    {
        List<(string Temporary, string Target)> written = [];
        try
        {
            foreach ((string path, Action<Stream> write) in files)
            {
                (string temporary, string target) = Place(path);
                written.Add((temporary, target));
                using FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
                write(stream);
            }

            foreach ((string temporary, string target) in written)
                File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            foreach ((string temporary, _) in written)
                File.Delete(temporary);
            throw;
        }
    }

    private static (string Temporary, string Target) Place(string path)
    {
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target) ?? throw new ArgumentException($"'{path}' is not a file's path.", nameof(path));
        Directory.CreateDirectory(folder);
        return (Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp"), target);
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="path">Where the file goes; missing folders are made.</param>
    /// <param name="bytes">The content.</param>
    public static void WriteAllBytes(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));

    /// <summary>Writes text as UTF-8 without a byte-order mark.</summary>
    /// <param name="path">Where the file goes; missing folders are made.</param>
    /// <param name="text">The content.</param>
    public static void WriteAllText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        WriteAllBytes(path, System.Text.Encoding.UTF8.GetBytes(text));
    }
}
