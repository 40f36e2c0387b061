using System.Collections.Concurrent;

namespace AudioEmotionXai;

/// <summary>Writes a file whole or not at all: into a temporary name beside it, then moved. Every file that the library writes goes through
/// here.</summary>
/// <remarks>A process that is killed leaves its temporary file. It is found by its name and by its lock, which died with its owner, and
/// removed when the folder is written to again.</remarks>
internal static class AtomicFile
{
    private const string Prefix = ".aexai-", Suffix = ".tmp";

    /// <summary>Between the making of a file and its locking nobody may take it for a leftover.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(1);

    private static readonly ConcurrentDictionary<string, bool> s_swept = new();

    /// <summary>Writes a file; an existing one is replaced only once everything is written, and a failure leaves nothing behind.</summary>
    /// <param name="path">Where the file goes; missing folders are made.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="lasts">Whether it has to be on the disk itself before it appears, so that a loss of power leaves all of it or
    /// nothing: costs milliseconds.</param>
    public static void Write(string path, Action<Stream> write, bool lasts = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        WriteTogether([new(path, write)], lasts);
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

    private static void WriteTogether(IEnumerable<KeyValuePair<string, Action<Stream>>> files, bool lasts = false)
    {
        // Open, and so locked, until they are moved
        List<(FileStream Stream, string Target)> written = [];
        try
        {
            foreach ((string path, Action<Stream> write) in files)
            {
                (string temporary, string target) = Place(path);
                FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 1 << 16);
                written.Add((stream, target));
                write(stream);
                stream.Flush(lasts);
            }

            foreach ((FileStream stream, string target) in written)
                File.Move(stream.Name, target, overwrite: true);
        }
        catch
        {
            foreach ((FileStream stream, _) in written)
                File.Delete(stream.Name);
            throw;
        }
        finally
        {
            foreach ((FileStream stream, _) in written)
                stream.Dispose();
        }
    }

    /// <summary>Removes what killed processes left in a folder, once for each; never a file that somebody still writes.</summary>
    private static void Sweep(string folder)
    {
        if (!s_swept.TryAdd(folder, true))
            return;
        foreach (string file in Directory.GetFiles(folder, $"{Prefix}*{Suffix}"))
            try
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) < s_grace)
                    continue;
                using FileStream free = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Somebody writes it, or it is not ours to remove
            }
    }

    /// <summary>Refuses to put a file in the place of a pipe: who reads it would wait for ever.</summary>
    private static void ThrowIfPipe(string target)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(target) || InputFile.LengthOf(target) > 0)
            return;
        // Opened for both ways a pipe does not wait
        using FileStream stream = new(target, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (!stream.CanSeek)
            throw new IOException($"{target}: is a pipe or a device; expected: a file, or a name that is free.");
    }

    private static (string Temporary, string Target) Place(string path)
    {
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target) ?? throw new ArgumentException($"'{path}' is not a file's path.", nameof(path));
        Directory.CreateDirectory(folder);
        ThrowIfPipe(target);
        Sweep(folder);
        // Short whatever the file is called: names end at 255 bytes
        return (Path.Combine(folder, $"{Prefix}{Path.GetRandomFileName()}{Suffix}"), target);
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="path">Where the file goes; missing folders are made.</param>
    /// <param name="bytes">The content.</param>
    /// <param name="lasts">As in <see cref="Write"/>.</param>
    public static void WriteAllBytes(string path, ReadOnlyMemory<byte> bytes, bool lasts = false) =>
        Write(path, stream => stream.Write(bytes.Span), lasts);

    /// <summary>Writes text as UTF-8 without a byte-order mark.</summary>
    /// <param name="path">Where the file goes; missing folders are made.</param>
    /// <param name="text">The content.</param>
    /// <param name="lasts">As in <see cref="Write"/>.</param>
    public static void WriteAllText(string path, string text, bool lasts = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        WriteAllBytes(path, System.Text.Encoding.UTF8.GetBytes(text), lasts);
    }
}
