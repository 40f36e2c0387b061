using System.Globalization;

namespace BenchmarkComparison;

/// <summary>Compares two exports of the benchmarks and says what got slower, faster, or allocates more.</summary>
internal static class CompareCommand
{
    private const string Usage = "usage: BenchmarkComparison OLD NEW [THRESHOLD]   (OLD, NEW: BenchmarkDotNet's *-report-full.json, or folders of them; THRESHOLD: a share, 0.1 by default)";

    /// <summary>0: nothing got worse; 1: something did; 2: wrong usage; 3: a file that cannot be read.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        double threshold = 0.1;
        bool isRight = arguments.Length is 2 or 3
            && (arguments.Length == 2 || (double.TryParse(arguments[2], NumberStyles.Float, CultureInfo.InvariantCulture, out threshold) && threshold is >= 0 and < 10));
        if (!isRight)
        {
            error.WriteLine(Usage);
            return 2;
        }

        try
        {
            return Tell(BenchmarkExport.Read(arguments[0]), BenchmarkExport.Read(arguments[1]), threshold, output);
        }
        catch (Exception failure) when (failure is FormatException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(failure.Message);
            return 3;
        }
    }

    private static int Tell(IReadOnlyDictionary<string, Measurement> before, IReadOnlyDictionary<string, Measurement> after, double threshold, TextWriter output)
    {
        IReadOnlyList<Finding> findings = Finding.Compare(before, after);
        int worse = 0;
        foreach (Finding finding in findings)
        {
            string verdict = finding.IsSlower(threshold) ? "SLOWER" : finding.IsFaster(threshold) ? "faster" : "same";
            string memory = finding.AllocatesMore(threshold) ? string.Create(CultureInfo.InvariantCulture, $"  ALLOCATES MORE: {finding.BytesBefore:N0} -> {finding.BytesAfter:N0} bytes") : "";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{verdict,-7} {finding.Change,8:+0.0 %;-0.0 %}  {finding.Name}: {finding.Before:0.###} -> {finding.After:0.###}{memory}"));
            worse += verdict == "SLOWER" || memory.Length > 0 ? 1 : 0;
        }

        foreach (string name in before.Keys.Except(after.Keys).Order(StringComparer.Ordinal))
            output.WriteLine($"gone    {name}");
        foreach (string name in after.Keys.Except(before.Keys).Order(StringComparer.Ordinal))
            output.WriteLine($"new     {name}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{findings.Count} compared, {worse} worse"));
        return worse > 0 ? 1 : 0;
    }
}
