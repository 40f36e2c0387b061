using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AudioEmotionXai;

/// <summary>The activity source and the instruments behind <see cref="TelemetryNames"/>.</summary>
internal static class Instruments
{
    private static readonly Meter s_meter = new(TelemetryNames.Source);
    private static readonly Counter<long> s_items = s_meter.CreateCounter<long>(
        TelemetryNames.ForwardItems, "{item}", "Items that went through a graph.");
    private static readonly Counter<long> s_explanations = s_meter.CreateCounter<long>(
        TelemetryNames.Explanations, "{explanation}", "Items that were explained.");
    private static readonly Counter<long> s_cancelled = s_meter.CreateCounter<long>(
        TelemetryNames.Cancelled, "{operation}", "Operations that were cancelled.");
    private static readonly Counter<long> s_failures = s_meter.CreateCounter<long>(
        TelemetryNames.Failures, "{operation}", "Operations that ended in an error.");
    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>(
        TelemetryNames.Duration, "s", "How long operations take.");

    public static ActivitySource Source { get; } = new(TelemetryNames.Source);

    public static bool CountsAnything => s_duration.Enabled || s_cancelled.Enabled || s_failures.Enabled;

    public static void CountItems(int count, bool isExplanation)
    {
        if (s_items.Enabled)
            s_items.Add(count, new KeyValuePair<string, object?>("graph", isExplanation ? "explanation" : "forward"));
    }

    public static void CountExplanations(int count, string method)
    {
        if (s_explanations.Enabled)
            s_explanations.Add(count, new KeyValuePair<string, object?>("method", method));
    }

    public static void Finish(string operation, string? method, TimeSpan time, Exception? failure)
    {
        bool isCancelled = failure is OperationCanceledException;
        TagList tags = new() { { "operation", operation }, { "outcome", failure is null ? "done" : isCancelled ? "cancelled" : "failed" } };
        if (method is not null)
            tags.Add("method", method);
        s_duration.Record(time.TotalSeconds, tags);
        if (isCancelled)
            s_cancelled.Add(1, new KeyValuePair<string, object?>("operation", operation));
        else if (failure is not null)
            s_failures.Add(1, new("operation", operation), new("error.type", failure.GetType().FullName));
    }
}
