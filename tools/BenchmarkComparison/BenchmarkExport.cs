using System.Text.Json;

namespace BenchmarkComparison;

/// <summary>Reads what BenchmarkDotNet's full JSON exporter wrote.</summary>
internal static class BenchmarkExport
{
    // The exporter does not say which benchmark is the baseline; ratios that machines agree on are those to the plain forward pass
    private const string Baseline = "Forward";

    /// <summary>Every benchmark of a file, or of all files of a folder, that ran.</summary>
    /// <exception cref="FormatException">A file is no such export.</exception>
    public static IReadOnlyDictionary<string, Measurement> Read(string path)
    {
        string[] files = Directory.Exists(path) ? Directory.GetFiles(path, "*-report-full.json", SearchOption.AllDirectories) : [path];
        return files.Length == 0
            ? throw new FormatException($"{path}: holds no *-report-full.json of BenchmarkDotNet.")
            : files.Order(StringComparer.Ordinal).SelectMany(ReadFile).ToDictionary(measurement => measurement.Name, StringComparer.Ordinal);
    }

    private static List<Measurement> ReadFile(string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            return Read(document.RootElement.GetProperty("Benchmarks"));
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"{file}: is no full JSON export of BenchmarkDotNet: {failure.Message}", failure);
        }
    }

    private static List<Measurement> Read(JsonElement benchmarks)
    {
        JsonElement[] ran = [.. benchmarks.EnumerateArray().Where(benchmark => benchmark.GetProperty("Statistics").ValueKind == JsonValueKind.Object)];
        Dictionary<string, double> baselines = new(StringComparer.Ordinal);
        foreach (JsonElement benchmark in ran)
            if (TextOf(benchmark, "Method") == Baseline)
                baselines[GroupOf(benchmark)] = StatisticOf(benchmark, "Median");
        return [.. ran.Select(benchmark => Of(benchmark, baselines))];
    }

    private static Measurement Of(JsonElement benchmark, Dictionary<string, double> baselines)
    {
        double median = StatisticOf(benchmark, "Median");
        string parameters = TextOf(benchmark, "Parameters");
        return new Measurement(
            $"{TextOf(benchmark, "Type")}.{TextOf(benchmark, "Method")}{(parameters.Length > 0 ? $"({parameters})" : "")}",
            median,
            baselines.TryGetValue(GroupOf(benchmark), out double baseline) ? median / baseline : null,
            StatisticOf(benchmark, "InterquartileRange") / median,
            benchmark.TryGetProperty("Memory", out JsonElement memory) && memory.ValueKind == JsonValueKind.Object ? memory.GetProperty("BytesAllocatedPerOperation").GetInt64() : null);
    }

    private static string GroupOf(JsonElement benchmark) => $"{TextOf(benchmark, "Type")} {TextOf(benchmark, "Parameters")}";

    private static string TextOf(JsonElement benchmark, string name) => benchmark.GetProperty(name).GetString() ?? "";

    private static double StatisticOf(JsonElement benchmark, string name) => benchmark.GetProperty("Statistics").GetProperty(name).GetDouble();
}
