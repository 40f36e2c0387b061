using System.Reflection;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>Where the repository is, and how these tests were built.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The user's package folder, which the solution's restore has filled.</summary>
    public static string PackageRoot { get; } = Metadata("NuGetPackageRoot");

    public static string OnnxRuntimeVersion { get; } = Metadata("OnnxRuntimeVersion");

    /// <summary>The trained model in <c>models/</c>.</summary>
    public static string Model { get; } = PathOf("models", "audio_resnet_nemo.onnx");

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "AudioEmotionXai.sln")))
                return folder;
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds AudioEmotionXai.sln.");
    }
}
