using System.Reflection;

namespace AudioEmotionXai.Reporting;

/// <summary>What every page says of where its numbers come from.</summary>
internal static class Provenance
{
    /// <summary>The versions of what made it.</summary>
    public static KeyValuePair<string, string>[] Versions() =>
        [
            new(
                "AudioEmotionXai",
                typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? ""),
            new("ONNX Runtime", OnnxSession.RuntimeVersion),
            new(".NET", Environment.Version.ToString()),
        ];
}
