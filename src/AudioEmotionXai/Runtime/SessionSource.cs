using Microsoft.ML.OnnxRuntime;

namespace AudioEmotionXai;

/// <summary>
/// A graph in the form in which the runtime reads it. Large weights go to a file in a folder of its own under the user's temporary one,
/// which the runtime maps instead of parsing: the process then never holds them twice. Where no such file can be written, all stays in
/// memory.
/// </summary>
internal sealed class SessionSource : IDisposable
{
    // Below this a file costs more than it saves
    private const long FewBytes = 16 << 20;

    // From here on, what compiling left behind is worth a collection before the runtime asks for as much again
    private const long ManyBytes = 64 << 20;

    private readonly byte[]? _bytes;
    private readonly DirectoryInfo? _folder;
    private readonly long _weightBytes;

    private SessionSource(string name, long weightBytes, byte[]? bytes, DirectoryInfo? folder)
    {
        Name = name;
        _weightBytes = weightBytes;
        _bytes = bytes;
        _folder = folder;
    }

    /// <summary>What messages call the graph.</summary>
    public string Name { get; }

    public static SessionSource Of(OnnxModel model)
    {
        long weightBytes = 4 * model.Initializers.Values.Sum(tensor => tensor.Count);
        return weightBytes >= FewBytes && TryWrite(model) is { } folder
            ? new SessionSource(model.Name, weightBytes, null, folder)
            : new SessionSource(model.Name, weightBytes, model.ToBytes(), null);
    }

    /// <summary>Hands the graph to the runtime.</summary>
    public InferenceSession Open(SessionOptions options)
    {
        if (_weightBytes >= ManyBytes)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return _folder is null ? new InferenceSession(_bytes, options) : new InferenceSession(GraphFile(_folder), options);
    }

    /// <summary>Removes the files; a system that keeps mapped files in place keeps them until its temporary folder is cleaned.</summary>
    public void Dispose()
    {
        if (_folder is not null)
            Remove(_folder);
    }

    private static DirectoryInfo? TryWrite(OnnxModel model)
    {
        DirectoryInfo? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("aexai-");
            using (FileStream weights = File.Create(Path.Combine(folder.FullName, "weights")))
                File.WriteAllBytes(GraphFile(folder), model.ToBytes(weights, "weights"));
            return folder;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (folder is not null)
                Remove(folder);
            return null;
        }
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Only disk space is lost
        }
    }

    private static string GraphFile(DirectoryInfo folder) => Path.Combine(folder.FullName, "graph.onnx");
}
