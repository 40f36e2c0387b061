using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AudioEmotionXai.Reporting;

/// <summary>Averages overlapping windows at even steps of time.</summary>
internal sealed class OverlapAverage(IReadOnlyList<string> labels, double step)
{
    private readonly List<RecordingWindow> _windows = [];

    // For each step: the sums of the classes' probabilities, of the relevance, and of the weights
    private readonly List<double> _sums = [];
    private readonly int _stride = labels.Count + 2;

    // The same over all windows alike: for a recording shorter than half a step, which has one all the same
    private readonly double[] _whole = new double[labels.Count + 2];

    /// <summary>Adds a window to the steps whose middle it covers.</summary>
    public void Add(RecordingWindow window)
    {
        int first = (int)Math.Max(0, Math.Ceiling((window.Start / step) - 0.5)), last = (int)Math.Ceiling((window.End / step) - 0.5) - 1;
        CollectionsMarshal.SetCount(_sums, Math.Max(_sums.Count, (last + 1) * _stride));
        Span<double> sums = CollectionsMarshal.AsSpan(_sums);
        for (int at = first; at <= last; at++)
        {
            double seconds = (at + 0.5) * step;
            AddTo(sums.Slice(at * _stride, _stride), window, window.RelevanceAt(seconds), Weight(window, seconds));
        }

        AddTo(_whole, window, TensorPrimitives.Sum(window.Relevance.Span) / Math.Max(1, window.Relevance.Length), weight: 1);
        _windows.Add(window with { Map = null, Relevance = ReadOnlyMemory<float>.Empty });
    }

    /// <summary>The averages.</summary>
    public RecordingTimeline Finish()
    {
        if (_windows.Count == 0)
            throw new ArgumentException("There is no window to average.");
        if (_sums.Count == 0)
            _sums.AddRange(_whole);
        int count = _sums.Count / _stride;
        float[] probabilities = new float[count * labels.Count], relevance = new float[count];
        for (int at = 0; at < count; at++)
        {
            ReadOnlySpan<double> sums = CollectionsMarshal.AsSpan(_sums).Slice(at * _stride, _stride);
            for (int label = 0; label < labels.Count; label++)
                probabilities[(at * labels.Count) + label] = (float)(sums[label] / sums[^1]);
            relevance[at] = (float)(sums[^2] / sums[^1]);
        }

        return new RecordingTimeline(labels, _windows, step, probabilities, relevance);
    }

    /// <summary>A window's weight at a time: nothing at its ends, most in its middle.</summary>
    private static double Weight(RecordingWindow window, double seconds)
    {
        double sine = Math.Sin(Math.PI * (seconds - window.Start) / (window.End - window.Start));
        return Math.Max(1e-6, sine * sine);
    }

    private void AddTo(Span<double> sums, RecordingWindow window, float relevance, double weight)
    {
        ReadOnlySpan<float> probabilities = window.Prediction.Probabilities.Span;
        for (int label = 0; label < labels.Count; label++)
            sums[label] += weight * probabilities[label];
        sums[^2] += weight * relevance;
        sums[^1] += weight;
    }
}
