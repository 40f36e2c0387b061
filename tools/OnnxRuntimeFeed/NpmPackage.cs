namespace OnnxRuntimeFeed;

/// <summary>A package of the npm registry, pinned by version and by the hash of its tarball.</summary>
internal sealed record NpmPackage(string Name, string Version, string Integrity)
{
    /// <summary>ONNX Runtime 1.29.0: the managed binding as source, and native libraries for desktop systems (MIT).</summary>
    public static NpmPackage OnnxRuntime { get; } = new(
        "com.github.asus4.onnxruntime",
        "0.4.9",
        "sha512-BkzxduSZ9IkeDP6Q8lz2TFU2ie7hSSvS7ZIfzMooExoq0CNzJnuuGaUJ7IsojBgqO4ouD1jXah8OYyJbCN29Fg==");

    /// <summary>Microsoft's own package for Node.js (MIT): its core library for Linux on x64 can load the CUDA provider, the other's cannot.</summary>
    public static NpmPackage CoreWithCuda { get; } = new(
        "onnxruntime-node",
        "1.29.0",
        "sha512-WjiVVB72riILz8HbYvxvmjKyE/WmkYoSfKY++axo5jAR609HQg8MwiG/HhShpTcJfmmAdzxxmB+MMST3A+SiPA==");

    /// <summary>The CUDA and TensorRT providers of ONNX Runtime 1.29.0, for CUDA 13, Linux on x64 (MIT).</summary>
    public static NpmPackage CudaForLinux { get; } = new(
        "com.github.asus4.onnxruntime.linux-x64-gpu",
        "0.4.9",
        "sha512-FopIhNE/Ng+v2X65wVc9clPCBCvhvA53Hxo2U0Kf5fGdVsC7iCA+mZ0KLWggcQAj7TIZ6pNidR4AC10g74Xo6w==");

    public override string ToString() => $"{Name}@{Version}";
}
