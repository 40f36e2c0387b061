using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>One clip, one map: why a model decided as it did, with where the map comes from.</summary>
/// <remarks>
/// <see cref="AttributionMethod.Explain"/> returns one; a batch gives an <see cref="AttributionResult"/>, whose indexer returns one for
/// each clip. Maps are raw: nothing is scaled before it is drawn.
/// </remarks>
/// <example>
/// <code>
/// using AudioClassifier model = AudioClassifier.Load("model.onnx");
/// Explanation why = new GradCam().Explain(model, "clip.wav");
/// Console.WriteLine($"{why.Prediction.Label}: {why.Prediction.Probability:P0}");
/// foreach (RelevantSpan span in why.TopSpans(3))
///     Console.WriteLine($"{span.Start:0.00} to {span.End:0.00} s, {span.LowHertz:0} to {span.HighHertz:0} Hz");
/// </code>
/// </example>
public sealed class Explanation
{
    /// <summary>The share of the cells that count as important where nothing else is said.</summary>
    internal const double DefaultFraction = 0.1;

    private readonly Lazy<TimeFrequencyMap> _map;
    private readonly FrontEndContract? _contract;
    private readonly InputLayout? _layout;

    internal Explanation(AttributionResult result, int item, PreparedClip? clip = null)
        : this(result.Map.Item(item), result.Input.Item(item), result.Method.Meaning, result.FrontEnd, result.Layout)
    {
        Method = result.Method;
        Origin = result.Method.ToString();
        Prediction = result.Predictions[item];
        Target = new ExplainedClass(result.Targets[item], Prediction.Labels[result.Targets[item]]);
        CompletenessGap = result.CompletenessGap?[item];
        HalfAgreement = result.HalfAgreement?[item] is { } half && !double.IsNaN(half) ? half : null;
        Details = [.. result.Details.Where(detail => detail.Item == item)];
        IEnumerable<AttributionWarning> own = result.Warnings.Where(warning => warning.Item is null || warning.Item == item);
        Warnings = [.. own.Select(warning => warning.Text), .. clip?.Warnings ?? []];
        Seconds = clip?.Seconds;
        Elapsed = result.Elapsed;
    }

    private Explanation(
        FloatTensor values, FloatTensor input, MapMeaning meaning, FrontEndContract? frontEnd, InputLayout? layout)
    {
        Values = values;
        Input = input;
        Meaning = meaning;
        _contract = frontEnd;
        _layout = layout;
        _map = new Lazy<TimeFrequencyMap>(MakeMap);
    }

    /// <summary>One value per bin and frame, whatever the order of the input's axes; channels are added up. A map of samples is shared out
    /// over the front end's bins and frames; where there is none it is one bin, a frame for each sample. Of numbers without order each is a
    /// bin.</summary>
    /// <exception cref="InvalidOperationException">It is not known what the input's axes mean: see <see cref="Values"/>.</exception>
    public TimeFrequencyMap Map => _map.Value;

    /// <summary>The raw map in the shape of the model's input, (1,C,…) or (1,1,…).</summary>
    public FloatTensor Values { get; }

    /// <summary>What the model was given: one item of its input.</summary>
    public FloatTensor Input { get; }

    /// <summary>How the map's values are to be read.</summary>
    public MapMeaning Meaning { get; }

    /// <summary>The class that was explained.</summary>
    public ExplainedClass Target { get; private init; }

    /// <summary>What the model says of the clip.</summary>
    public Prediction Prediction { get; private init; } = null!;

    /// <summary>The method with its options; null for a map that was made elsewhere (<see cref="FromMap"/>).</summary>
    public AttributionMethod? Method { get; private init; }

    /// <summary>Where the map comes from, as text: the method with its options, or what <see cref="FromMap"/> was told.</summary>
    public string Origin { get; private init; } = "";

    /// <summary>How far the map's sum is from the score difference it should explain; null where that is not defined.</summary>
    public double? CompletenessGap { get; private init; }

    /// <summary>
    /// How well the maps of two halves of the method's samples agree: Pearson's correlation over the map's cells. Null for a method that
    /// draws no samples, and where a half says nothing (one sample, a constant map).
    /// </summary>
    /// <remarks>
    /// Every second sample is in each half; antithetic pairs stay together, and what is not drawn (KernelSHAP's complete sizes) is in both.
    /// LIME's halves are one Newton step from the fit of all samples towards that of a half, as few samples for many segments would leave
    /// a fit of its own further off than the draw does.
    /// </remarks>
    public double? HalfAgreement { get; private init; }

    /// <summary>
    /// How far the map would be the same with as many other samples: the correlation to expect, stepped up from
    /// <see cref="HalfAgreement"/> r as 2r / (1 + r), 0 for r below 0. Below 0.7 the explanation warns. W. Brown, Brit. J. Psychology 3,
    /// 296, 1910.
    /// </summary>
    public double? Reliability => HalfAgreement is { } half ? HalfMaps.Reliability(half) : null;

    /// <summary>Numbers that the method found beside the map.</summary>
    public IReadOnlyList<AttributionDetail> Details { get; private init; } = [];

    /// <summary>What to know before trusting the map.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>How long the method took, for the whole batch.</summary>
    public TimeSpan Elapsed { get; private init; }

    /// <summary>How much of the recording the model heard, in seconds; null where it was given no recording.</summary>
    public double? Seconds { get; private init; }

    /// <summary>What the map's rows and columns mean; null where the model does not say how a recording becomes its input, or where the map
    /// has another size.</summary>
    public TimeFrequencyAxes? Axes =>
        FrontEnd is { } front && front.MelBins == Map.Bins && front.FrameCount == Map.Frames
            ? TimeFrequencyAxes.Of(front)
            : null;

    private LogMelOptions? FrontEnd => _contract?.OptionsFor(Values.Rank == 2 ? Values.Shape[1] : Map.Frames);

    /// <summary>The model's input as the figure's background: its channels' mean, or the spectrogram of its samples.</summary>
    /// <exception cref="InvalidOperationException">It is not known what the input's axes mean.</exception>
    public TimeFrequencyMap Spectrogram()
    {
        if (AreSamples && _contract is not null)
        {
            LogMelOptions options = _contract.OptionsFor(Input.Shape[1]);
            TimeFrequencyMap map = new LogMelExtractor(options).Extract(new AudioClip(Input.Memory, options.SampleRate)).Decibels;
            FrontEndContract.Normalize(map.Span, map.Span, _contract.Mean, _contract.StandardDeviation);
            return map;
        }

        ItemGeometry geometry = GeometryOf(Input);
        return geometry.MeanPlane(geometry.ToPlanes(Input).Span);
    }

    /// <summary>The unit of <see cref="Spectrogram"/>: what the front end gives, or of samples that of the cells in which they are
    /// shown.</summary>
    internal string SpectrogramUnit => _contract is null ? "input"
        : !AreSamples ? _contract.FrontEnd.Unit
        : _contract is { Mean: 0, StandardDeviation: 1 } ? "dB" : "z-score";

    /// <summary>A map that was made elsewhere, so that it can be drawn, heard and measured like our own.</summary>
    /// <param name="model">The model that the map is about.</param>
    /// <param name="clip">The clip that it is about.</param>
    /// <param name="map">One value per bin and frame of the model's input.</param>
    /// <param name="meaning">How its values are to be read.</param>
    /// <param name="target">The class that it explains; the predicted one where null.</param>
    /// <param name="origin">Where it comes from; default empty.</param>
    /// <exception cref="ArgumentException">The clip or the target does not fit the model, or the map does not fit the clip.</exception>
    public static Explanation FromMap(
        AudioClassifier model, ClipSource clip, TimeFrequencyMap map, MapMeaning meaning, ClassTarget? target = null, string origin = "")
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(origin);
        PreparedClip prepared = clip.Prepare(model);
        FloatTensor input = prepared.Input;
        model.CheckInput(input);
        ItemGeometry geometry = ItemGeometry.Of(model, input);
        if ((map.Bins, map.Frames) != (geometry.Bins, geometry.Frames))
            throw new ArgumentException(
                $"The map is {map.Bins} bins x {map.Frames} frames; the model's input has {geometry.Bins} x {geometry.Frames}.",
                nameof(map));
        Prediction prediction = model.Predict(input)[0].ThrowIfNotFinite(prepared.Name);
        int index = (target ?? ClassTarget.Predicted).Resolve(model, items: 1, () => [prediction])[0];
        FloatTensor values = geometry.ToOwnMaps(new FloatTensor(map.Memory, [1, 1, map.Bins, map.Frames]));
        return new Explanation(values, input, meaning, model.FrontEnd, model.Layout)
        {
            Origin = origin,
            Seconds = prepared.Seconds,
            Warnings = prepared.Warnings,
            Prediction = prediction,
            Target = new ExplainedClass(index, model.Labels[index]),
        };
    }

    /// <summary>The stretches of time with the largest shares of relevance, largest first.</summary>
    /// <remarks>
    /// Important are the tenth of the cells with the most evidence for the class (signed maps by value, the others as
    /// <see cref="Meaning"/> says); a span is a stretch of frames that carry at least an even share of their relevance, joined over pauses
    /// of 50 ms. Frames after the recording's end are left out.
    /// </remarks>
    /// <param name="count">How many, at most; at least 1.</param>
    /// <param name="fraction">The share of the cells that count as important, above 0 and at most 1. Default 0.1.</param>
    /// <exception cref="InvalidOperationException">The model does not say what bins and frames mean.</exception>
    public IReadOnlyList<RelevantSpan> TopSpans(int count, double fraction = DefaultFraction)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!(fraction is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The share of the cells must be above 0 and at most 1.");
        if (Axes is null)
            throw new InvalidOperationException(
                "The model does not say how a recording becomes its input, so that bins and frames have no hertz and seconds.");
        SoundingCells cells = Sounding();
        bool[] important = MostImportant(cells, fraction, out float[] weights);
        IReadOnlyList<RelevantSpan> spans = new SpanFinder(cells, FrontEnd!, Seconds ?? FrontEnd!.Seconds).Find(weights, important);
        return [.. spans.OrderByDescending(span => span.Share).Take(count)];
    }

    /// <summary>The cells with the most evidence for the class, as <see cref="TopSpans"/> takes them.</summary>
    internal TimeFrequencyMask ImportantCells(double fraction = DefaultFraction)
    {
        SoundingCells cells = Sounding();
        return cells.Fill(MostImportant(cells, fraction, out _));
    }

    /// <summary>The cells in which the clip sounds; all of them where the model does not say what frames are.</summary>
    private SoundingCells Sounding() =>
        Axes is null
            ? new SoundingCells(Map.Bins, Map.Frames, Map.Frames)
            : SoundingCells.Of(FrontEnd!, (int)Math.Ceiling((Seconds ?? FrontEnd!.Seconds) * FrontEnd!.SampleRate));

    private bool[] MostImportant(SoundingCells cells, double fraction, out float[] weights)
    {
        float[] each = weights = cells.Weights(Map, Meaning);
        bool[] important = new bool[each.Length];
        int count = Math.Max(1, (int)Math.Round(fraction * each.Length));
        foreach (int cell in Enumerable.Range(0, each.Length).OrderByDescending(cell => each[cell]).Take(count))
            important[cell] = each[cell] > 0;
        return important;
    }

    private TimeFrequencyMap MakeMap() =>
        AreSamples && Method is not null && FrontEnd is { } front
            ? WaveformRelevance.ToMel(Method, Input.Span, Values.Span, front)
            : PlaneOf(Values);

    private bool AreSamples => _layout?.IndexOf(InputAxis.Samples) >= 0;

    private ItemGeometry GeometryOf(FloatTensor item) => _layout is { } layout
        ? ItemGeometry.Of(layout, item)
        : throw new InvalidOperationException(
            $"It is not known what the axes of {item} mean, so that it has no bins and frames: say so by ModelContract.Layout.");

    /// <summary>One item's values over bins and frames; channels are added up.</summary>
    private TimeFrequencyMap PlaneOf(FloatTensor item)
    {
        ItemGeometry geometry = GeometryOf(item);
        FloatTensor planes = geometry.ToPlanes(item);
        TimeFrequencyMap sum = new(planes.Memory[..geometry.Cells], geometry.Bins, geometry.Frames);
        if (geometry.Planes == 1)
            return sum;
        sum = new(geometry.Bins, geometry.Frames);
        for (int plane = 0; plane < geometry.Planes; plane++)
            TensorPrimitives.Add(sum.Span, planes.Span.Slice(plane * geometry.Cells, geometry.Cells), sum.Span);
        return sum;
    }
}

/// <summary>The class that an explanation is about.</summary>
/// <param name="Index">Its index among the model's labels.</param>
/// <param name="Label">Its label.</param>
public readonly record struct ExplainedClass(int Index, string Label)
{
    /// <summary>The label.</summary>
    public override string ToString() => Label;
}
