using System.IO.Compression;
using System.IO.Hashing;

namespace AudioEmotionXai.Checkpoints;

/// <summary>The zip file that <c>torch.save</c> writes: stored entries under one folder, <c>data.pkl</c> and the storages among
/// them.</summary>
internal sealed class CheckpointArchive : IDisposable
{
    private const string PickleEntry = "data.pkl";
    private readonly string _path;
    private readonly long _size;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly string _folder;

    private CheckpointArchive(FileStream file, string path)
    {
        _path = path;
        _size = file.Length;
        _zip = new ZipArchive(file, ZipArchiveMode.Read);
        foreach (ZipArchiveEntry entry in _zip.Entries)
            if (!_entries.TryAdd(entry.FullName, entry))
                throw new ModelFormatException($"{path}: has two entries of the name '{entry.FullName}'; expected each once.");
        _folder = FindFolder();
    }

    /// <summary>Opens a checkpoint.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">It cannot be read, is not a zip file, is damaged, or has no <c>data.pkl</c>.</exception>
    public static CheckpointArchive Open(string path)
    {
        FileStream file = OpenFile(path);
        try
        {
            CheckMagic(file, path);
            return new CheckpointArchive(file, path);
        }
        catch (Exception failure)
        {
            file.Dispose();
            if (!IsDamage(failure))
                throw;
            throw new ModelFormatException(
                $"{path}: the zip directory cannot be read; the file is truncated or damaged: {failure.Message}", failure);
        }
    }

    /// <summary>The full name of an entry, as messages quote it: <c>best_model.pt, entry best_model/data/0</c>.</summary>
    public string Describe(string entry) => $"{_path}, entry {_folder}{entry}";

    /// <summary>The bytes of <c>data.pkl</c>.</summary>
    public byte[] ReadPickle() => Read(PickleEntry);

    /// <summary>The bytes of a storage.</summary>
    /// <exception cref="ModelFormatException">The entry is missing, damaged, or not as long as the storage's type and count
    /// say.</exception>
    public byte[] ReadStorage(TorchStorage storage)
    {
        string entry = $"data/{storage.Key}";
        long length = Find(entry).Length;
        if ((Int128)storage.Count * storage.ElementSize != length)
            throw new ModelFormatException(
                $"{Describe(entry)}: has {length} bytes, but the checkpoint declares {storage.Count} elements of {storage.Type}.");
        return Read(entry);
    }

    /// <summary>Whether there is an entry of this name beside <c>data.pkl</c>.</summary>
    public bool Has(string entry) => _entries.ContainsKey(_folder + entry);

    /// <summary>The bytes of an entry beside <c>data.pkl</c>, whole and with the right checksum.</summary>
    /// <exception cref="ModelFormatException">The entry is missing, compressed, cut off or damaged.</exception>
    public byte[] Read(string name)
    {
        ZipArchiveEntry entry = Find(name);
        if (entry.CompressedLength != entry.Length)
            throw new ModelFormatException($"{Describe(name)}: is compressed; torch.save stores its entries.");
        if (entry.Length > _size)
            throw new ModelFormatException($"{Describe(name)}: declares {entry.Length} bytes, but the whole file has {_size}.");
        if (entry.Length > Array.MaxLength)
            throw new ModelFormatException($"{Describe(name)}: has {entry.Length} bytes; at most {Array.MaxLength} are read.");
        byte[] bytes = ReadWhole(entry, name);
        uint checksum = Crc32.HashToUInt32(bytes);
        return checksum == entry.Crc32
            ? bytes
            : throw new ModelFormatException(
                $"{Describe(name)}: is damaged: its checksum is {checksum:x8}, the zip directory says {entry.Crc32:x8}.");
    }

    public void Dispose() => _zip.Dispose();

    private static FileStream OpenFile(string path)
    {
        try
        {
            InputFile.ThrowIfNoContent(path, message => new ModelFormatException(message));
            return File.OpenRead(path);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or (IOException and not FileNotFoundException))
        {
            throw new ModelFormatException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    private static void CheckMagic(FileStream file, string path)
    {
        Span<byte> magic = stackalloc byte[4];
        int read = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (read < magic.Length || !magic.SequenceEqual("PK\u0003\u0004"u8))
            throw new ModelFormatException(
                $"{path}: is not a PyTorch checkpoint: it does not begin as a zip file. Checkpoints from before PyTorch 1.6 must be "
                    + $"loaded and saved again with torch.save.");
    }

    private static bool IsDamage(Exception failure) =>
        failure
            is InvalidDataException
                or IOException
                or UnauthorizedAccessException
                or ArgumentException
                or OverflowException
                or NotSupportedException;

    private byte[] ReadWhole(ZipArchiveEntry entry, string name)
    {
        try
        {
            byte[] bytes = new byte[entry.Length];
            using Stream stream = entry.Open();
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception failure) when (IsDamage(failure))
        {
            throw new ModelFormatException(
                $"{Describe(name)}: cannot be read; the file is truncated or damaged: {failure.Message}", failure);
        }
    }

    private ZipArchiveEntry Find(string entry) =>
        _entries.TryGetValue(_folder + entry, out ZipArchiveEntry? found)
            ? found
            : throw new ModelFormatException($"{Describe(entry)}: is missing.");

    private string FindFolder()
    {
        foreach (string name in _entries.Keys)
            if (name == PickleEntry || name.EndsWith("/" + PickleEntry, StringComparison.Ordinal))
                return name[..^PickleEntry.Length];
        throw new ModelFormatException($"{_path}: is a zip file without the entry {PickleEntry}, so not a PyTorch checkpoint.");
    }
}
