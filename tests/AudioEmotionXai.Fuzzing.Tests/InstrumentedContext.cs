using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using SharpFuzz;
using SharpFuzz.Common;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>
/// The library loaded once more, instrumented: every branch that is taken counts a cell of <see cref="Trace.SharedMem"/> up. The tests'
/// own assemblies are loaded beside it, so that their calls go to the instrumented copy.
/// </summary>
internal sealed unsafe class InstrumentedContext : AssemblyLoadContext, IDisposable
{
    /// <summary>How many cells there are for branches.</summary>
    public const int MapSize = 1 << 16;

    private static readonly string[] s_instrumented = ["AudioEmotionXai", "AudioEmotionXai.Checkpoints"];
    private static readonly string[] s_beside = ["AudioEmotionXai.TestKit", "AudioEmotionXai.Fuzzing.Tests"];
    private readonly TemporaryFolder _folder = new();
    private readonly AssemblyLoadContext _parent = GetLoadContext(typeof(InstrumentedContext).Assembly)!;
    private byte* _map = (byte*)NativeMemory.AllocZeroed(MapSize);

    public InstrumentedContext()
        : base("instrumented")
    {
        Trace.SharedMem = _map;
        foreach (string name in s_instrumented.Concat(s_beside))
            File.Copy(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"), PathOf(name));
        foreach (string name in s_instrumented)
            Fuzzer.Instrument(PathOf(name), _ => true, SharpFuzz.Options.Value);
    }

    /// <summary>Calls a static method of this assembly's instrumented twin.</summary>
    public void Invoke(Type type, string method, params object[] arguments)
    {
        Type twin = LoadFromAssemblyPath(PathOf("AudioEmotionXai.Fuzzing.Tests")).GetType(type.FullName!, throwOnError: true)!;
        MethodInfo found = twin.GetMethod(method, BindingFlags.Static | BindingFlags.Public)!;
        found.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    public void Dispose()
    {
        Trace.SharedMem = null;
        NativeMemory.Free(_map);
        _map = null;
        _folder.Dispose();
    }

    protected override Assembly? Load(AssemblyName assemblyName) => s_instrumented.Concat(s_beside).Contains(assemblyName.Name)
        ? LoadFromAssemblyPath(PathOf(assemblyName.Name!))
        : _parent.LoadFromAssemblyName(assemblyName);

    private string PathOf(string name) => _folder.PathOf($"{name}.dll");
}
