using System.Diagnostics;

namespace AudioEmotionXai.TestKit;

/// <summary>Counts the library's trace spans of one name that begin on this thread of work.</summary>
internal sealed class SpanCounter : IDisposable
{
    private readonly ActivityListener _listener;
    private int _count;

    public SpanCounter(string name)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => _count += activity.OperationName == name ? 1 : 0,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public int Count => _count;

    public void Dispose() => _listener.Dispose();
}
