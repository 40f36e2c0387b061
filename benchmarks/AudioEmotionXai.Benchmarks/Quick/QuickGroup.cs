using System.Diagnostics;
using System.Globalization;

namespace AudioEmotionXai.Benchmarks;

/// <summary>
/// Cases that are measured in turn, round after round, in one process, so that whatever else the machine does hits all of them alike.
/// Medians of rounds; the ratio is the median of each round's own ratio to the first case.
/// </summary>
internal sealed class QuickGroup(int rounds, bool isRatio, params QuickCase[] cases)
{
    public IEnumerable<string> Measure()
    {
        double[][] times = [.. cases.Select(_ => new double[rounds])];
        long[] allocated = new long[cases.Length];
        // The first round makes sessions and compiles; it does not count
        for (int round = -1; round < rounds; round++)
            for (int i = 0; i < cases.Length; i++)
            {
                long before = GC.GetTotalAllocatedBytes(precise: true);
                long start = Stopwatch.GetTimestamp();
                cases[i].Work();
                if (round >= 0)
                    times[i][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                allocated[i] = GC.GetTotalAllocatedBytes(precise: true) - before;
            }

        for (int i = 0; i < cases.Length; i++)
            yield return Row(cases[i], times[i], times[0], allocated[i]);
    }

    private string Row(QuickCase measured, double[] times, double[] baseline, long allocated)
    {
        double ratio = Median([.. times.Zip(baseline, (time, of) => time / of)]);
        double value = isRatio ? ratio : Median(times);
        string verdict = measured.Aim is { } aim
            ? string.Create(CultureInfo.InvariantCulture, $"{aim:0.##} {(value <= aim ? "reached" : "missed")}")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {measured.Name} | {Median(times):0.0} | {times.Min():0.0} | "
                + $"{(isRatio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "")} | {verdict} | {allocated / 1024.0:0.0} |");
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
