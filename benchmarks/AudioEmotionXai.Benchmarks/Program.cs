using System.Globalization;
using AudioEmotionXai;
using AudioEmotionXai.Benchmarks;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Running;

if (args is ["quick", ..])
{
    QuickTable.Print(Console.Out, args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20);
    return;
}

if (args is ["memory", ..])
{
    int[] counts = [.. args[1..].Select(count => int.Parse(count, CultureInfo.InvariantCulture))];
    MemoryTable.Print(Console.Out, counts.ElementAtOrDefault(0) is > 0 and int combinations ? combinations : 1000, counts.ElementAtOrDefault(1) is > 0 and int clips ? clips : 1);
    return;
}

if (args is ["stability", ..])
{
    int[] numbers = [1000, 10, 24];
    for (int i = 0; i < numbers.Length && i + 1 < args.Length; i++)
        numbers[i] = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
    SampleScheme[] schemes =
        args.Length > 4 ? [.. args[4..].Select(name => Enum.Parse<SampleScheme>(name, ignoreCase: true))] : Enum.GetValues<SampleScheme>();
    StabilityTable.Print(Console.Out, numbers[0], numbers[1], numbers[2], schemes);
    return;
}

// Every suite: its ratio to the baseline, allocations, and exports
IConfig config = DefaultConfig.Instance
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumn(StatisticColumn.Median)
    .AddExporter(JsonExporter.Full, MarkdownExporter.GitHub)
    .HideColumns(Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
