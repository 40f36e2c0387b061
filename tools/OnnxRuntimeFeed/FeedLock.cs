namespace OnnxRuntimeFeed;

/// <summary>One filling at a time for a user: restores of several projects or clones may start together.</summary>
internal sealed class FeedLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private readonly FileStream _file;

    private FeedLock(FileStream file) => _file = file;

    public static FeedLock Take(string folder, TextWriter log)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, ".lock");
        DateTime end = DateTime.UtcNow + Patience;
        for (bool told = false; ; told = true)
        {
            if (TryOpen(path) is { } file)
                return new FeedLock(file);
            if (DateTime.UtcNow > end)
                throw new FeedException($"Another build has held {path} for {Patience.TotalMinutes:0} minutes. End it, then build again.");
            if (!told)
                log.WriteLine("ONNX Runtime: waiting for another build that fills the feed");
            Thread.Sleep(200);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
