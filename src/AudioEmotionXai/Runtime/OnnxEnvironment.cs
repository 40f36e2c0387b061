using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace AudioEmotionXai;

/// <summary>
/// The one gate to ONNX Runtime: its telemetry is off before anything of it exists, and all sessions of one number of threads share one
/// pool. Whatever names the runtime first comes through here.
/// </summary>
/// <remarks>
/// Left to itself the runtime writes a device's id and a store of events into the user's cache, opens a file of a predictable name in the
/// temporary folder, and looks up a collector. <see cref="TelemetrySwitch"/> lets it, in an application that wants that. Where an
/// application starts the runtime by itself before this library does, it has to see to that by itself.
/// </remarks>
internal static partial class OnnxEnvironment
{
    /// <summary>The switch of <see cref="AppContext"/>, in a project's <c>RuntimeHostConfigurationOption</c>, that leaves telemetry
    /// on.</summary>
    public const string TelemetrySwitch = "AudioEmotionXai.EnableRuntimeTelemetry";

    private const string Variable = "ORT_DISABLE_TELEMETRY";

    private static readonly Lock s_lock = new();
    private static OrtEnv? s_environment;
    private static int? s_pool;

    /// <summary>The environment; the first caller's number of threads is the size of the pool (0: one per core).</summary>
    public static OrtEnv Start(int threads = 0)
    {
        lock (s_lock)
            return s_environment ??= Create(threads);
    }

    /// <summary>Whether sessions of this number of threads share the pool of the process.</summary>
    public static bool SharesPool(int threads)
    {
        Start(threads);
        return s_pool is { } pool && Cores(pool) == Cores(threads);
    }

    /// <summary>Whether sessions can share the arena of the process, once it is started.</summary>
    public static bool HasArena => s_pool is not null;

    private static int Cores(int threads) => threads == 0 ? Environment.ProcessorCount : threads;

    private static OrtEnv Create(int threads)
    {
        bool isWanted = AppContext.TryGetSwitch(TelemetrySwitch, out bool isOn) && isOn;
        if (!isWanted)
            TurnTelemetryOff();
        OrtEnv environment = OrtEnv.IsCreated ? OrtEnv.Instance() : WithPool(threads);
        if (!isWanted)
            environment.DisableTelemetryEvents();
        return environment;
    }

    private static OrtEnv WithPool(int threads)
    {
        using OrtThreadingOptions pool = new() { GlobalIntraOpNumThreads = threads, GlobalInterOpNumThreads = 1 };
        EnvironmentCreationOptions options = new()
        {
            logId = nameof(AudioEmotionXai),
            logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            threadOptions = pool,
        };
        try
        {
            OrtEnv environment = OrtEnv.CreateInstanceWithOptions(ref options);
            using OrtMemoryInfo arena = new("Cpu", OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
            using OrtArenaCfg defaults = new(0, -1, -1, -1);
            environment.CreateAndRegisterAllocator(arena, defaults);
            s_pool = threads;
            return environment;
        }
        catch (OnnxRuntimeException) when (OrtEnv.IsCreated)
        {
            return OrtEnv.Instance(); // another part of the application was quicker
        }
    }

    // Outside of Windows, .NET keeps variables for itself: native code does not see what Environment sets
    private static void TurnTelemetryOff()
    {
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows())
            _ = SetVariable(Variable, "1", overwrite: 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
