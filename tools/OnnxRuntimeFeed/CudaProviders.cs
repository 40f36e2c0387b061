namespace OnnxRuntimeFeed;

/// <summary>
/// Fetches the CUDA and TensorRT providers for Linux, which are too large to come unasked, into the user's cache. They are
/// copied beside programs, not packed: the Gpu.Linux package of the same version may already be in the user's package folder.
/// </summary>
internal sealed class CudaProviders(string cache, TextWriter log)
{
    private const string Libraries = "Plugins/Linux/x64/";
    private readonly string _folder = Path.Combine(cache, "cuda-linux-x64");

    private string Marker => Path.Combine(_folder, "complete");

    public void Fetch(WorkFolder work)
    {
        if (File.Exists(Marker))
            return;
        string tarball = new NpmDownload(NpmPackage.CudaForLinux, work, log).Run("ONNX Runtime: its CUDA provider was asked for (OnnxRuntimeCuda).");
        string content = Tarball.Unpack(tarball, work.Child("cuda"), IsWanted);
        Directory.CreateDirectory(_folder);
        foreach (string path in Directory.EnumerateFiles(content, "*", SearchOption.AllDirectories))
            FileCopy.Whole(path, Path.Combine(_folder, Path.GetFileName(path)));
        File.WriteAllText(Marker, "Written last: all files beside this one are whole.\n");
    }

    /// <summary>The shared loader library is in the main package already.</summary>
    private static bool IsWanted(string name) =>
        name is "LICENSE" or Libraries + "libonnxruntime_providers_cuda.so" or Libraries + "libonnxruntime_providers_tensorrt.so";
}
