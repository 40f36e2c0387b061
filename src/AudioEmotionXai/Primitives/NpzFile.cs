using System.IO.Compression;

namespace AudioEmotionXai;

/// <summary>Reads and writes NumPy's NPZ files: a zip of named NPY arrays, stored or deflated.</summary>
/// <remarks>Names are names only, never paths. A file may unpack to 64 times its size, or to 256 MiB where that is more; beyond, it is
/// refused unread.</remarks>
internal sealed class NpzFile
{
    private const string Extension = ".npy";
    private const long LeastUnpackedBound = 256 << 20;
    private const long UnpackedPerByte = 64;
    private readonly Dictionary<string, NpyArray> _arrays;

    private NpzFile(string name, Dictionary<string, NpyArray> arrays)
    {
        Name = name;
        _arrays = arrays;
    }

    /// <summary>What messages call the file.</summary>
    public string Name { get; }

    /// <summary>The arrays' names, without <c>.npy</c>.</summary>
    public IReadOnlyCollection<string> Names => _arrays.Keys;

    /// <summary>The array of that name.</summary>
    /// <param name="name">Without <c>.npy</c>.</param>
    /// <exception cref="NpyFormatException">The file holds none of that name; the message lists those it holds.</exception>
    public NpyArray this[string name] => _arrays.TryGetValue(name, out NpyArray? array)
        ? array
        : throw new NpyFormatException($"{Name}: there is no array '{name}'; there are {string.Join(", ", _arrays.Keys)}.");

    /// <summary>Reads every array of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NpyFormatException">The file is no zip, or an array is damaged.</exception>
    public static NpzFile Read(string path)
    {
        InputFile.ThrowIfNoContent(path, message => new NpyFormatException(message));
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read);
            ThrowIfBomb(archive, stream.Length, path);
            Dictionary<string, NpyArray> arrays = new(StringComparer.Ordinal);
            foreach (ZipArchiveEntry entry in archive.Entries)
                if (entry.FullName.EndsWith(Extension, StringComparison.Ordinal)
                    && !arrays.TryAdd(entry.FullName[..^Extension.Length], ReadEntry(entry, path)))
                    throw new NpyFormatException($"{path}: has two arrays of the name '{entry.FullName}'; expected each once.");
            return new NpzFile(path, arrays);
        }
        catch (InvalidDataException damaged)
        {
            throw new NpyFormatException($"{path}: not a readable NPZ (zip) file: {damaged.Message}", damaged);
        }
    }

    /// <summary>Writes arrays, deflated; the file appears whole or not at all.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="arrays">Names, without <c>.npy</c>, and arrays.</param>
    /// <param name="lasts">As in <see cref="AtomicFile.Write"/>.</param>
    public static void Write(string path, IEnumerable<KeyValuePair<string, NpyArray>> arrays, bool lasts = false)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        AtomicFile.Write(path, stream => WriteEntries(stream, arrays), lasts);
    }

    private static void ThrowIfBomb(ZipArchive archive, long size, string path)
    {
        Int128 unpacked = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
            unpacked += entry.Length;
        long most = Math.Max(LeastUnpackedBound, UnpackedPerByte * size);
        if (unpacked < 0 || unpacked > most)
            throw new NpyFormatException(
                FormattableString.Invariant($"{path}: {size} bytes declare {unpacked} unpacked; expected at most {most}."));
    }

    private static NpyArray ReadEntry(ZipArchiveEntry entry, string path)
    {
        string name = $"{path}:{entry.FullName}";
        using Stream unpacked = entry.Open();
        using ChecksumStream content = new(unpacked);
        NpyArray array = NpyFile.ReadArray(content, name);
        if (content.ReadByte() >= 0)
            throw new NpyFormatException($"{name}: bytes follow the array; expected its end.");
        return content.Crc32 == entry.Crc32
            ? array
            : throw new NpyFormatException(
                FormattableString.Invariant(
                    $"{name}: is damaged: its checksum is {content.Crc32:x8}, the zip directory says {entry.Crc32:x8}."));
    }

    private static void WriteEntries(Stream stream, IEnumerable<KeyValuePair<string, NpyArray>> arrays)
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, NpyArray array) in arrays)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name + Extension);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream content = entry.Open();
            NpyFile.Write(content, array);
        }
    }
}
