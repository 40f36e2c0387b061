namespace AudioEmotionXai.Reporting;

/// <summary>
/// Listens to a recording of any length: overlapping windows of the model's length are read from the stream, brought to the model's rate,
/// predicted and explained in batches, and handed on one by one. What is held at any time is one batch.
/// </summary>
/// <remarks>
/// Windows begin a hop apart; the last one is moved back so that it ends with the recording, so no window but that of a recording shorter
/// than one has silence added. A front end that measures decibels from the loudest cell of its clip, as the bundled model's does,
/// hears every window at full level: <see cref="RecordingWindow.Level"/> tells which are quiet. A model that hears clips of any length is
/// given windows of 10 s.
/// </remarks>
public sealed class RecordingAnalyzer
{
    private const double WindowOfAnyLength = 10;

    private readonly AudioClassifier _model;
    private readonly FrontEndContract _frontEnd;
    private readonly TimeFrequencyAxes _axes;
    private readonly int _hop;

    /// <summary>Checks that the model can listen.</summary>
    /// <param name="model">A model that carries its front end; has to live as long as the analysis.</param>
    /// <param name="method">The method that explains.</param>
    /// <param name="options">How the recording is taken apart; the defaults where null.</param>
    /// <exception cref="ArgumentException">The model carries no front end, or the hop is longer than its window.</exception>
    public RecordingAnalyzer(AudioClassifier model, AttributionMethod method, RecordingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(method);
        _model = model;
        Method = method;
        Options = options ?? new RecordingOptions();
        _frontEnd = RoundTripper.FrontEndOf(model).WithSeconds(WindowOfAnyLength);
        _axes = TimeFrequencyAxes.Of(_frontEnd.Options);
        _hop = HopOf(Options.HopSeconds ?? (_frontEnd.Options.Seconds / 2), _frontEnd.Options);
    }

    /// <summary>The method that explains.</summary>
    public AttributionMethod Method { get; }

    /// <summary>How the recording is taken apart.</summary>
    public RecordingOptions Options { get; }

    /// <summary>Seconds from one window to the next: a whole number of samples.</summary>
    public double HopSeconds => (double)_hop / _frontEnd.Options.SampleRate;

    /// <summary>The labels of the model's classes.</summary>
    public IReadOnlyList<string> Labels => _model.Labels;

    /// <summary>Listens from where the recording stands to its end.</summary>
    /// <param name="recording">Is read while the windows are asked for.</param>
    /// <param name="progress">Told after each batch; may be null.</param>
    /// <param name="cancellationToken">Ends the work, also inside a running model.</param>
    /// <returns>The windows in order of time: each batch is read and explained when its first window is asked for.</returns>
    /// <exception cref="AudioFormatException">The recording is damaged.</exception>
    public IEnumerable<RecordingWindow> Analyze(
        WavSampleReader recording, IProgress<RecordingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return Run(ResamplingReader.AtRate(recording, _frontEnd.Options.SampleRate), progress, cancellationToken);
    }

    private IEnumerable<RecordingWindow> Run(
        ISampleReader reader, IProgress<RecordingProgress>? progress, CancellationToken cancellationToken)
    {
        WindowSlicer slicer = new(reader, _frontEnd.Options.SampleCount, _hop);
        double? total = reader.SampleCount is { } count ? (double)count / reader.SampleRate : null;
        for (long done = 0; ;)
        {
            RecordingWindow[] batch = NextBatch(slicer, done, cancellationToken);
            if (batch.Length == 0)
                yield break;
            done += batch.Length;
            progress?.Report(new RecordingProgress(batch[^1].End, total));
            foreach (RecordingWindow window in batch)
                yield return window;
        }
    }

    private RecordingWindow[] NextBatch(WindowSlicer slicer, long done, CancellationToken cancellationToken)
    {
        List<AudioClip> clips = [];
        List<Slice> slices = [];
        while (slices.Count < Options.BatchSize && slicer.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            clips.Add(new AudioClip(slicer.Samples.ToArray(), _frontEnd.Options.SampleRate));
            slices.Add(new Slice(done + slices.Count, slicer.Start, slicer.Count, LevelOf(slicer.Samples)));
        }

        if (slices.Count == 0)
            return [];
        FloatTensor input = _model.ToInputs(clips);
        AttributionResult result = Method.Attribute(_model, input, Options.Target, progress: null, cancellationToken);
        return [.. slices.Select((slice, item) => Describe(slice, result, item))];
    }

    private RecordingWindow Describe(Slice slice, AttributionResult result, int item)
    {
        LogMelOptions front = _frontEnd.Options;
        TimeFrequencyMap map = result[item].Map;
        double start = (double)slice.Start / front.SampleRate;
        return new RecordingWindow
        {
            Index = slice.Index,
            Start = start,
            End = (double)(slice.Start + slice.Count) / front.SampleRate,
            Level = slice.Level,
            Prediction = result.Predictions[item].ThrowIfNotFinite(FormattableString.Invariant($"the window at {start:0.00} s")),
            Target = result.Targets[item],
            Relevance = FrameRelevance.From(map, Method.Meaning, SoundingCells.Of(front, slice.Count).Frames),
            Axes = _axes,
            Map = Options.KeepsMaps ? map.Clone() : null,
        };
    }

    private static int HopOf(double seconds, LogMelOptions front)
    {
        long hop = (long)Math.Round(seconds * front.SampleRate);
        return hop >= 1 && hop <= front.SampleCount
            ? (int)hop
            : throw new ArgumentException(
                FormattableString.Invariant(
                    $"The hop is {seconds} s; expected: at least one sample and at most the model's window of {front.Seconds} s."));
    }

    private static double? LevelOf(ReadOnlySpan<float> samples)
    {
        double sum = Sums.OfSquares(samples);
        return sum > 0 ? 10 * Math.Log10(sum / samples.Length) : null;
    }

    private readonly record struct Slice(long Index, long Start, int Count, double? Level);
}

/// <summary>How a long recording is taken apart: windows of the model's length, half a window apart, 4 at once, the predicted class
/// explained.</summary>
public sealed record RecordingOptions
{
    private readonly double? _hop;
    private readonly int _batch = 4;

    /// <summary>Seconds from one window's start to the next: above 0 and at most the window's length. Default: half of it.</summary>
    public double? HopSeconds
    {
        get => _hop;
        init =>
            _hop = value is null or (> 0 and <= 3600)
                ? value
                : throw new ArgumentOutOfRangeException(
                    nameof(HopSeconds),
                    FormattableString.Invariant($"HopSeconds is {value}; expected: above 0 and at most the model's window."));
    }

    /// <summary>How many windows are explained at once, 1 to 1024. Memory grows with it. Default 4.</summary>
    public int BatchSize
    {
        get => _batch;
        init =>
            _batch = value is >= 1 and <= 1024
                ? value
                : throw new ArgumentOutOfRangeException(
                    nameof(BatchSize), FormattableString.Invariant($"BatchSize is {value}; expected: 1 to 1024."));
    }

    /// <summary>The class to explain. Default: in each window the predicted one.</summary>
    public ClassTarget Target { get; init; } = ClassTarget.Predicted;

    /// <summary>Whether each window keeps its whole map. Default false.</summary>
    public bool KeepsMaps { get; init; }
}

/// <summary>How much of a recording is done.</summary>
/// <param name="SecondsDone">The end of the last window that is done.</param>
/// <param name="SecondsTotal">The recording's length; null where it is known only at the end.</param>
public readonly record struct RecordingProgress(double SecondsDone, double? SecondsTotal);
