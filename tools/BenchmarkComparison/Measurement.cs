namespace BenchmarkComparison;

/// <summary>One benchmark of an export.</summary>
/// <param name="Name">Type, method and parameters.</param>
/// <param name="Median">Nanoseconds of one operation.</param>
/// <param name="Ratio">The median over that of the baseline of its group: what machines agree on. Null where the group has none.</param>
/// <param name="Spread">The interquartile range over the median: how far repetitions lie apart.</param>
/// <param name="Bytes">Allocated by one operation; null where it was not measured.</param>
internal sealed record Measurement(string Name, double Median, double? Ratio, double Spread, long? Bytes);
