using System.Formats.Tar;
using System.IO.Compression;

namespace OnnxRuntimeFeed;

/// <summary>Unpacks the wanted files of an npm tarball.</summary>
internal static class Tarball
{
    /// <summary>npm puts everything below this folder.</summary>
    private const string Prefix = "package/";

    public static string Unpack(string tarball, string folder, Func<string, bool> isWanted)
    {
        using FileStream file = File.OpenRead(tarball);
        using GZipStream gzip = new(file, CompressionMode.Decompress);
        using TarReader reader = new(gzip);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !entry.Name.StartsWith(Prefix, StringComparison.Ordinal))
                continue;
            string name = entry.Name[Prefix.Length..];
            if (isWanted(name))
                Extract(entry, folder, name);
        }
        return folder;
    }

    private static void Extract(TarEntry entry, string folder, string name)
    {
        string path = Path.GetFullPath(Path.Combine(folder, name));
        if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new FeedException($"The npm package holds a file that would land outside its folder: {name}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        entry.ExtractToFile(path, overwrite: true);
    }
}
