using System.Reflection;

namespace AudioEmotionXai;

/// <summary>The metadata by which a compiled file says where it comes from: <c>method</c>, <c>program_sha256</c>, <c>source_model</c>,
/// <c>source_sha256</c>, <c>library_version</c>.</summary>
internal static class CompiledProvenance
{
    public static void Write(OnnxModel compiled, CompiledMethod method, string hash, OnnxModel source)
    {
        compiled.SetMetadata("method", method.ToString());
        compiled.SetMetadata("program_sha256", hash);
        compiled.SetMetadata("source_model", Path.GetFileName(source.Name));
        compiled.SetMetadata("source_sha256", source.ContentHash);
        compiled.SetMetadata("library_version", Version);
    }

    private static string Version { get; } =
        typeof(CompiledProvenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
