namespace BenchmarkComparison;

/// <summary>How one benchmark changed between two exports.</summary>
/// <param name="Name">Type, method and parameters.</param>
/// <param name="Before">Its ratio to the baseline, or its median in nanoseconds where there is none.</param>
/// <param name="After">The same of the newer export.</param>
/// <param name="BytesBefore">Allocated before, if measured.</param>
/// <param name="BytesAfter">Allocated after, if measured.</param>
/// <param name="Noise">The change that repetitions alone would make: the sum of both spreads.</param>
internal sealed record Finding(string Name, double Before, double After, long? BytesBefore, long? BytesAfter, double Noise)
{
    // Less than this per operation is bookkeeping, whatever the share
    private const long FreeBytes = 1024;

    /// <summary>The relative change: 0.1 is a tenth slower.</summary>
    public double Change => (After / Before) - 1;

    /// <summary>Slower by more than a threshold, and by more than repetitions differ.</summary>
    public bool IsSlower(double threshold) => Change > Math.Max(threshold, Noise);

    /// <summary>Faster by more than a threshold, and by more than repetitions differ.</summary>
    public bool IsFaster(double threshold) => -Change > Math.Max(threshold, Noise);

    /// <summary>Allocates more by more than a threshold.</summary>
    public bool AllocatesMore(double threshold) =>
        BytesBefore is { } before && BytesAfter is { } after && after > before + FreeBytes && after > before * (1 + threshold);

    /// <summary>The benchmarks that both exports have, by name. Ratios to the baseline are compared where both have one, so that exports of two machines can be.</summary>
    public static IReadOnlyList<Finding> Compare(IReadOnlyDictionary<string, Measurement> before, IReadOnlyDictionary<string, Measurement> after) =>
        [.. before.Values
            .Where(old => after.ContainsKey(old.Name))
            .OrderBy(old => old.Name, StringComparer.Ordinal)
            .Select(old => Of(old, after[old.Name]))];

    private static Finding Of(Measurement old, Measurement now)
    {
        bool hasRatio = old.Ratio is not null && now.Ratio is not null && old.Ratio != 1;
        return new Finding(old.Name, hasRatio ? old.Ratio!.Value : old.Median, hasRatio ? now.Ratio!.Value : now.Median, old.Bytes, now.Bytes, old.Spread + now.Spread);
    }
}
