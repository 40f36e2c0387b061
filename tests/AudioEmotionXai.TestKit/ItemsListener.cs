using System.Diagnostics.Metrics;

namespace AudioEmotionXai.TestKit;

/// <summary>Counts the items of every run of a graph, as a service's metrics would, and can act when there were enough of them.</summary>
internal sealed class ItemsListener : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly List<long> _runs = [];
    private readonly Action<long>? _act;
    private readonly long _afterItems;
    private long _seen;

    public ItemsListener(Action<long>? act = null, long afterItems = 0)
    {
        _act = act;
        _afterItems = afterItems;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == TelemetryNames.Source && instrument.Name == TelemetryNames.ForwardItems)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, items, _, _) => Add(items));
        _listener.Start();
    }

    /// <summary>All items since the last question.</summary>
    public long Total() => Take().Sum();

    /// <summary>The largest run since the last question.</summary>
    public int Largest() => (int)Take().Max();

    public void Dispose() => _listener.Dispose();

    private void Add(long items)
    {
        bool enough;
        lock (_lock)
        {
            _runs.Add(items);
            enough = _seen < _afterItems && _seen + items >= _afterItems;
            _seen += items;
        }

        if (enough)
            _act?.Invoke(_seen);
    }

    private long[] Take()
    {
        lock (_lock)
        {
            long[] runs = [.. _runs];
            _runs.Clear();
            return runs;
        }
    }
}
