using System.Runtime.InteropServices;

namespace OnnxRuntimeFeed;

/// <summary>Which systems the npm package has a native library for.</summary>
internal static class NativeSupport
{
    private static readonly string[] s_systems = ["linux-x64", "win-x64", "win-arm64", "osx-arm64"];

    public static void Check() => Check(System, RuntimeInformation.OSArchitecture);

    internal static void Check(string system, Architecture architecture)
    {
        string here = $"{system}-{architecture}".ToLowerInvariant();
        if (!s_systems.Contains(here))
            throw new FeedException(Failure.NoNativeLibrary(here, s_systems));
    }

    private static string System => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
}
