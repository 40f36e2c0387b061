namespace OnnxRuntimeFeed;

/// <summary>
/// Fetches ONNX Runtime with CUDA for Linux, which is too large to come unasked, into the user's cache: the CUDA and TensorRT
/// providers, and a core library that was built to load them. They are copied beside programs, not packed, since the
/// Gpu.Linux package of the same version may already lie in the user's package folder.
/// </summary>
internal sealed class CudaProviders(string cache, TextWriter log)
{
    private const string Why = "ONNX Runtime: its CUDA provider was asked for (OnnxRuntimeCuda).";
    private const string Core = "bin/napi-v6/linux/x64/libonnxruntime.so.1";
    private const string Providers = "Plugins/Linux/x64/";
    private readonly string _folder = Path.Combine(cache, "cuda-linux-x64");

    private string Marker => Path.Combine(_folder, "complete");

    public void Fetch(WorkFolder work)
    {
        if (File.Exists(Marker))
            return;
        Directory.CreateDirectory(_folder);
        Take(work, NpmPackage.CudaForLinux, "LICENSE", Providers + "libonnxruntime_providers_cuda.so", Providers + "libonnxruntime_providers_tensorrt.so");
        Take(work, NpmPackage.CoreWithCuda, Core);
        File.WriteAllText(Marker, "Written last: all files beside this one are whole.\n");
    }

    private void Take(WorkFolder work, NpmPackage package, params string[] files)
    {
        string tarball = new NpmDownload(package, work, log).Run(Why);
        string content = Tarball.Unpack(tarball, work.Child(package.Name), files.Contains);
        foreach (string file in files)
            FileCopy.Whole(Path.Combine(content, file), Path.Combine(_folder, NameBesidePrograms(file)));
    }

    private static string NameBesidePrograms(string file) => file == Core ? "libonnxruntime.so" : Path.GetFileName(file);
}
