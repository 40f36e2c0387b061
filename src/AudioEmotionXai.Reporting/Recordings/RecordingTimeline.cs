using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace AudioEmotionXai.Reporting;

/// <summary>
/// Emotions and relevance over a whole recording, at even steps: at each step the average over the windows that cover it, each weighted by
/// a squared sine over its length, the weights summing to one.
/// </summary>
/// <remarks>Held in memory: at the default step and six classes, about a megabyte for an hour.</remarks>
public sealed class RecordingTimeline
{
    private readonly float[] _probabilities;
    private readonly float[] _relevance;

    internal RecordingTimeline(
        IReadOnlyList<string> labels, IReadOnlyList<RecordingWindow> windows, double step, float[] probabilities, float[] relevance)
    {
        Labels = labels;
        Windows = windows;
        StepSeconds = step;
        _probabilities = probabilities;
        _relevance = relevance;
    }

    /// <summary>The labels of the classes.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The windows that were averaged, without their maps and frames.</summary>
    public IReadOnlyList<RecordingWindow> Windows { get; }

    /// <summary>Seconds from step to step.</summary>
    public double StepSeconds { get; }

    /// <summary>How many steps there are.</summary>
    public int Count => _relevance.Length;

    /// <summary>The recording's length in seconds.</summary>
    public double Seconds => Windows[^1].End;

    /// <summary>The relevance at each step: 1 where a moment matters as much as the others of its window on average.</summary>
    public ReadOnlyMemory<float> Relevance => _relevance;

    /// <summary>The probability of every class at a step; they sum to 1.</summary>
    /// <param name="step">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlyMemory<float> ProbabilitiesAt(int step) => _probabilities.AsMemory(step * Labels.Count, Labels.Count);

    /// <summary>The time at a step's middle, in seconds: that of the recording where it is shorter than half a step.</summary>
    /// <param name="step">0 to <see cref="Count"/> - 1.</param>
    public double SecondsAt(int step)
    {
        double middle = (step + 0.5) * StepSeconds;
        return middle < Seconds ? middle : Seconds / 2;
    }

    /// <summary>The class that is most probable at a step; the first of them on a tie.</summary>
    /// <param name="step">0 to <see cref="Count"/> - 1.</param>
    public int ClassAt(int step)
    {
        ReadOnlySpan<float> row = ProbabilitiesAt(step).Span;
        return System.Numerics.Tensors.TensorPrimitives.IndexOfMax(row);
    }

    /// <summary>The stretches over which one class stays the most probable; together they are the recording.</summary>
    public IReadOnlyList<ClassSegment> Segments()
    {
        List<ClassSegment> segments = [];
        for (int first = 0, next; first < Count; first = next)
        {
            int index = ClassAt(first);
            double sum = 0;
            for (next = first; next < Count && ClassAt(next) == index; next++)
                sum += ProbabilitiesAt(next).Span[index];
            segments.Add(
                new ClassSegment(
                    first * StepSeconds, next == Count ? Seconds : next * StepSeconds, index, Labels[index], sum / (next - first)));
        }

        return segments;
    }

    /// <summary>Averages windows as they come.</summary>
    /// <param name="windows">The windows of one recording in order of time, as <see cref="RecordingAnalyzer.Analyze"/> gives
    /// them.</param>
    /// <param name="labels">The labels of the classes.</param>
    /// <param name="stepSeconds">Seconds from step to step, above 0. Default 0.1.</param>
    /// <exception cref="ArgumentException">There is no window, or the step is out of range.</exception>
    public static RecordingTimeline Collect(IEnumerable<RecordingWindow> windows, IReadOnlyList<string> labels, double stepSeconds = 0.1)
    {
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(labels);
        if (!(stepSeconds is >= 0.001 and <= 3600))
            throw new ArgumentOutOfRangeException(
                nameof(stepSeconds), FormattableString.Invariant($"The step is {stepSeconds} s; expected: 0.001 to 3600."));
        OverlapAverage average = new(labels, stepSeconds);
        foreach (RecordingWindow window in windows)
            average.Add(window);
        return average.Finish();
    }
}

/// <summary>A stretch of a recording over which one class stays the most probable.</summary>
/// <param name="Start">Where it begins, in seconds.</param>
/// <param name="End">Where it ends, in seconds.</param>
/// <param name="Index">The class, as an index into the model's labels.</param>
/// <param name="Label">Its label.</param>
/// <param name="Probability">Its mean probability over the stretch.</param>
public sealed record ClassSegment(double Start, double End, [property: JsonIgnore] int Index, string Label, double Probability)
{
    /// <summary>The stretch as a label: the class and its probability.</summary>
    public TimeLabel ToLabel() => new(Start, End, string.Create(CultureInfo.InvariantCulture, $"{Label} {Probability:0 %}"));
}

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
        ReadOnlySpan<float> probabilities = window.Prediction.Values.Span;
        for (int label = 0; label < labels.Count; label++)
            sums[label] += weight * probabilities[label];
        sums[^2] += weight * relevance;
        sums[^1] += weight;
    }
}
