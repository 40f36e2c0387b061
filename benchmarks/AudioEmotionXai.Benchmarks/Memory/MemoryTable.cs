using System.Diagnostics;
using System.Globalization;

namespace AudioEmotionXai.Benchmarks;

/// <summary>
/// What a process takes that is asked for ever other methods and options: <c>-- memory [combinations] [clips]</c>. Each combination is
/// explained once, on the bundled model with its default bounds; on Linux the peak is the kernel's own.
/// </summary>
internal static class MemoryTable
{
    private const int RowEvery = 100, Mebibyte = 1 << 20;

    /// <param name="output">Gets a Markdown table, a row for every hundred combinations as soon as they are done.</param>
    /// <param name="combinations">How many combinations of method and options.</param>
    /// <param name="clips">Clips of each explanation.</param>
    public static void Print(TextWriter output, int combinations, int clips)
    {
        using AudioClassifier model = AudioClassifier.Load(
            BundledModel.Path, new AudioClassifierOptions { Provider = ExecutionProvider.Cpu });
        FloatTensor input = BundledInput.Batch(clips);
        OptionDraw draw = new(17);
        HashSet<string> seen = [];
        long start = Stopwatch.GetTimestamp(), most = 0;
        output.WriteLine("| Combinations | programs | counted MiB | most counted | resident MiB | peak MiB | managed MiB | s |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        while (seen.Count < combinations)
        {
            AttributionMethod method = draw.Next();
            if (!seen.Add(method.ToString()))
                continue;
            method.Attribute(model, input);
            most = Math.Max(most, model.ProgramBytes);
            if (seen.Count % RowEvery == 0 || seen.Count is 1 or 10 || seen.Count == combinations)
                output.WriteLine(Row(
                    seen.Count, model.ProgramCount, model.ProgramBytes / Mebibyte, most / Mebibyte, Status("VmRSS:"), Status("VmHWM:"),
                    GC.GetGCMemoryInfo().TotalCommittedBytes / Mebibyte, (long)Stopwatch.GetElapsedTime(start).TotalSeconds));
            output.Flush();
        }
    }

    private static string Row(params IEnumerable<long> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.ToString(CultureInfo.InvariantCulture)))} |";

    /// <summary>A line of the process's status in MiB; elsewhere than on Linux what the runtime says of the process now.</summary>
    private static long Status(string key)
    {
        const string File = "/proc/self/status";
        if (!OperatingSystem.IsLinux())
            return Environment.WorkingSet / Mebibyte;
        string line = System.IO.File.ReadLines(File).Single(line => line.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
