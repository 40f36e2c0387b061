using System.Runtime.InteropServices;

namespace AudioEmotionXai;

/// <summary>Gives memory back that making a session took and left: on the managed heap the graph, on the C library's heap what the
/// runtime's optimizer made of it. Neither goes back to the system by itself while a process goes on.</summary>
internal static partial class NativeHeap
{
    // Below this nothing is worth the tens of milliseconds; a heap that is larger takes longer, and is collected beside the application
    private const long FewBytes = 32L << 20, LargeHeapBytes = 512L << 20;

    private static bool s_hasTrim = OperatingSystem.IsLinux();

    /// <summary>Gives back what lies free, where as many bytes have been made and dropped.</summary>
    /// <param name="dropped">The bytes of managed memory that the work took.</param>
    public static void GiveBack(long dropped)
    {
        if (dropped < FewBytes)
            return;
        // Weights lie among the large objects, which nothing else collects for long
        if (GC.GetTotalMemory(forceFullCollection: false) - dropped < LargeHeapBytes)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        else
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        Trim();
    }

    /// <summary>Gives back what lies free on the C library's heap.</summary>
    public static void Trim()
    {
        if (!s_hasTrim)
            return;
        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            s_hasTrim = false; // another C library than glibc
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}
