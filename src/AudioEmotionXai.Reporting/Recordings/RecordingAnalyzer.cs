using System.Runtime.CompilerServices;

namespace AudioEmotionXai.Reporting;

/// <summary>
/// Listens to a recording of any length: overlapping windows of the model's length are read from the stream, brought to the model's rate,
/// predicted and explained in batches, and handed on one by one. What is held at any time is one batch.
/// </summary>
/// <remarks>
/// Windows begin a hop apart; the last one is moved back so that it ends with the recording, so no window but that of a recording shorter
/// than one has silence added. A front end that measures decibels from the loudest cell of its clip, as the bundled model's does,
/// hears every window at full level: <see cref="RecordingWindow.Level"/> tells which are quiet.
/// </remarks>
public sealed class RecordingAnalyzer
{
    private readonly AudioClassifier _model;
    private readonly FrontEndContract _frontEnd;
    private readonly LogMelExtractor _extractor;
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
        _frontEnd = RoundTripper.FrontEndOf(model);
        _extractor = new LogMelExtractor(_frontEnd.Options);
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
    /// <returns>The windows in order of time.</returns>
    /// <exception cref="AudioFormatException">The recording is damaged.</exception>
    public IAsyncEnumerable<RecordingWindow> AnalyzeAsync(
        WavSampleReader recording, IProgress<RecordingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return RunAsync(ResamplingReader.AtRate(recording, _frontEnd.Options.SampleRate), progress, cancellationToken);
    }

    private async IAsyncEnumerable<RecordingWindow> RunAsync(
        ISampleReader reader, IProgress<RecordingProgress>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WindowSlicer slicer = new(reader, _frontEnd.Options.SampleCount, _hop);
        double? total = reader.SampleCount is { } count ? (double)count / reader.SampleRate : null;
        for (long done = 0; ;)
        {
            RecordingWindow[] batch = await Task.Run(() => NextBatch(slicer, done, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
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
        LogMelOptions front = _frontEnd.Options;
        FloatTensor input = new(Options.BatchSize, 1, front.MelBins, front.FrameCount);
        List<Slice> slices = [];
        while (slices.Count < Options.BatchSize && slicer.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            AudioClip clip = new(slicer.Samples.ToArray(), front.SampleRate);
            _frontEnd.Normalize(_extractor.Extract(clip).Decibels).Span.CopyTo(input.Item(slices.Count).Span);
            slices.Add(new Slice(done + slices.Count, slicer.Start, slicer.Count, LevelOf(slicer.Samples)));
        }

        if (slices.Count == 0)
            return [];
        AttributionResult result = Method.Attribute(
            _model, input.Items(0, slices.Count), Options.Target, progress: null, cancellationToken);
        return [.. slices.Select((slice, item) => Describe(slice, result, item))];
    }

    private RecordingWindow Describe(Slice slice, AttributionResult result, int item)
    {
        LogMelOptions front = _frontEnd.Options;
        TimeFrequencyMap map = result.MapOf(item);
        return new RecordingWindow
        {
            Index = slice.Index,
            Start = (double)slice.Start / front.SampleRate,
            End = (double)(slice.Start + slice.Count) / front.SampleRate,
            Level = slice.Level,
            Prediction = result.Predictions[item],
            Target = result.Targets[item],
            Relevance = FrameRelevance.Of(map, Method.Meaning, SoundingGrid.Of(front, slice.Count).Frames),
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
