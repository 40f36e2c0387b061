namespace OnnxRuntimeFeed;

/// <summary>The packages of the feed: the official ids, version and layout, filled from the npm package.</summary>
internal static class PackageSet
{
    public const string Version = "1.29.0";
    public const string Managed = "Microsoft.ML.OnnxRuntime.Managed";
    public const string Gpu = "Microsoft.ML.OnnxRuntime.Gpu";
    public const string GpuLinux = "Microsoft.ML.OnnxRuntime.Gpu.Linux";
    public const string GpuWindows = "Microsoft.ML.OnnxRuntime.Gpu.Windows";
    public const string Cpu = "Microsoft.ML.OnnxRuntime";

    public static string[] Ids { get; } = [Managed, GpuLinux, GpuWindows, Gpu, Cpu];

    private const string Licence = "LICENSE";
    private const string Notices = "ThirdPartyNotices.txt";
    private static readonly string[] s_linux = ["Linux/x64/libonnxruntime.so", "Linux/x64/libonnxruntime_providers_shared.so"];
    private static readonly string[] s_windows = ["Windows/x64/onnxruntime.dll", "Windows/x64/onnxruntime_providers_shared.dll"];
    private static readonly string[] s_windowsArm = ["Windows/arm64/onnxruntime.dll", "Windows/arm64/onnxruntime_providers_shared.dll"];
    private static readonly string[] s_mac = ["macOS/arm64/libonnxruntime.dylib"];
    private static readonly HashSet<string> s_wanted =
        [Licence, Notices, .. ((string[])[.. s_linux, .. s_windows, .. s_windowsArm, .. s_mac]).Select(name => "Plugins/" + name)];

    public static string FileName(string id) => $"{id}.{Version}.nupkg";

    /// <summary>Which files of the npm package are needed; phones' libraries stay in the tarball.</summary>
    public static bool IsWanted(string name) =>
        s_wanted.Contains(name) || (name.StartsWith("Runtime/", StringComparison.Ordinal) && name.EndsWith(".cs", StringComparison.Ordinal));

    public static FeedPackage[] Create(string content, string binding)
    {
        PackageDependency managed = new(Managed, Version);
        return
        [
            new(Managed, "The C# binding of ONNX Runtime.", [new("System.Numerics.Tensors", BindingCompiler.TensorsVersion)], Binding(content, binding)),
            new(GpuLinux, "ONNX Runtime's native library for Linux on x64, without the CUDA provider.", [managed], Natives(content, ("linux-x64", s_linux))),
            new(GpuWindows, "ONNX Runtime's native library for Windows on x64, without the CUDA provider.", [managed], Natives(content, ("win-x64", s_windows))),
            new(Gpu, "ONNX Runtime for Linux and Windows.", [managed, new(GpuLinux, Version), new(GpuWindows, Version)], Natives(content)),
            new(Cpu, "ONNX Runtime's native libraries for processors the Gpu package has none for.", [managed], Natives(content, ("osx-arm64", s_mac), ("win-arm64", s_windowsArm))),
        ];
    }

    private static (string, string)[] Binding(string content, string binding) =>
    [
        .. Legal(content),
        .. ((string[])[".dll", ".xml"]).Select(end => BindingCompiler.AssemblyName + end)
            .Select(name => ($"lib/{BindingCompiler.TargetFramework}/{name}", Path.Combine(binding, name))),
    ];

    private static (string, string)[] Natives(string content, params (string Rid, string[] Files)[] natives) =>
    [
        .. Legal(content),
        .. natives.SelectMany(native => native.Files.Select(file =>
            ($"runtimes/{native.Rid}/native/{Path.GetFileName(file)}", Path.Combine(content, "Plugins", file)))),
    ];

    private static (string, string)[] Legal(string content) =>
        [(Licence, Path.Combine(content, Licence)), (Notices, Path.Combine(content, Notices))];
}
