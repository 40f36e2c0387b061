namespace OnnxRuntimeFeed;

/// <summary>A package of the npm registry, pinned by version and by the hash of its tarball.</summary>
internal sealed record NpmPackage(string Name, string Version, string Integrity)
{
    /// <summary>ONNX Runtime 1.29.0: the managed binding as source, and native libraries for desktop systems (MIT).</summary>
    public static NpmPackage OnnxRuntime { get; } = new(
        "com.github.asus4.onnxruntime",
        "0.4.9",
        "sha512-BkzxduSZ9IkeDP6Q8lz2TFU2ie7hSSvS7ZIfzMooExoq0CNzJnuuGaUJ7IsojBgqO4ouD1jXah8OYyJbCN29Fg==");

    /// <summary>The CUDA and TensorRT providers that belong to <see cref="OnnxRuntime"/>, for Linux on x64.</summary>
    public static NpmPackage CudaForLinux { get; } = new(
        "com.github.asus4.onnxruntime.linux-x64-gpu",
        "0.4.9",
        "sha512-FopIhNE/Ng+v2X65wVc9clPCBCvhvA53Hxo2U0Kf5fGdVsC7iCA+mZ0KLWggcQAj7TIZ6pNidR4AC10g74Xo6w==");

    public override string ToString() => $"{Name}@{Version}";
}
