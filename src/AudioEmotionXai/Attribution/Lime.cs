namespace AudioEmotionXai;

/// <summary>LIME: hides random segments, and fits a linear model that says what each segment adds to the probability.</summary>
/// <remarks>
/// Samples, kernel, feature selection and ridge are those of lime's <c>LimeImageExplainer</c> with the same seed; the map shows each
/// segment's coefficient. Unlike there, the tensor that is perturbed is the one the model really sees, every call starts from the seed
/// again, and all classes come from one solution. M. T. Ribeiro, S. Singh, C. Guestrin: "Why Should I Trust You?", 2016, arXiv:1602.04938.
/// </remarks>
/// <example><code>
/// Explanation why = new Lime { Samples = 500, Sampling = SampleScheme.Orthogonal }.Explain(model, "clip.wav");</code></example>
[MethodId("lime")]
public sealed record Lime : SegmentMethod
{
    /// <summary>Looks at the ranking come every so many samples.</summary>
    private const int LookEvery = 100;

    /// <summary>The share of the samples after which top segments that cannot be told apart count as tied.</summary>
    private const double TieShare = 0.4;

    /// <summary>How many standard errors the last of the top segments must be ahead of the next.</summary>
    /// <remarks>
    /// On 12 of the bundled samples, 5000 orthogonal samples in four orders each: with 1, two of 11 settled rankings and the ties named in
    /// three of 37 others missed a segment that all 5000 samples put on top; with 1.5 none did. Two disjoint halves agreed on the top five
    /// in 15 of 48 cases only.
    /// </remarks>
    private const double Separation = 1.5;

    /// <summary>The kernel's width in units of cosine distance: how fast samples that hide more count less; 0.25 by default.</summary>
    public double Kernel { get; init; } = 0.25;

    /// <summary>The penalty on squared coefficients; 1 by default.</summary>
    public double Ridge { get; init; } = 1;

    /// <summary>Which segments the final model may use: auto (default), highest-weights, forward-selection or none (all).</summary>
    public FeatureSelection Selection { get; init; }

    /// <summary>How many segments the final model may use; 100000 by default, which means all.</summary>
    public int Features { get; init; } = 100_000;

    /// <summary>How samples are drawn: independent (default, as lime) or orthogonal (steadier).</summary>
    public SampleScheme Sampling { get; init; }

    /// <summary>Stop early once this many top segments of the target class no longer change; 0 (default) never stops early.</summary>
    /// <remarks>
    /// They no longer change where three looks in a row, 100 samples apart, find the same, and the last of them is 1.5 standard errors
    /// ahead of the next. Where it is not by 0.4 of the samples, the place counts as tied, and the work ends too;
    /// <see cref="LinearSurrogate.Ties"/> names the segments that could stand there.
    /// </remarks>
    public int StopTop { get; init; }

    private int TiedFrom => (int)Math.Floor(TieShare * Samples);

    /// <summary>Explains a batch for every class at once, with everything that the linear models say.</summary>
    /// <param name="model">The model to explain.</param>
    /// <param name="input">A batch (N,…) as the model expects it.</param>
    /// <param name="target">The class whose ranking decides an early stop; by default the predicted one.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>One explanation per item.</returns>
    /// <exception cref="ArgumentException">The options, the input's shape or values, or the target do not fit.</exception>
    public IReadOnlyList<LimeExplanation> FitSurrogates(
        AudioClassifier model, FloatTensor input, ClassTarget? target = null, IProgress<AttributionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        Validate();
        InputChecks.ThrowIfUnfit(model, input);
        AttributionRequest request = new(model, input, target ?? ClassTarget.Predicted, progress, cancellationToken);
        return Observed(request, each => Explain(each));
    }

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        base.Validate();
        Guard.Require(Kernel > 0 && double.IsFinite(Kernel), nameof(Kernel), Kernel, "above 0");
        Guard.Require(Ridge >= 0 && double.IsFinite(Ridge), nameof(Ridge), Ridge, "0 or more");
        Guard.Require(Features >= 1, nameof(Features), Features, "at least 1");
        Guard.Require(StopTop >= 0, nameof(StopTop), StopTop, "0 or more");
    }

    /// <inheritdoc/>
    protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
    {
        ItemGeometry geometry = ItemGeometry.Of(request.Model, request.Input);
        HalfMaps halves = new(request.Items, geometry.Cells);
        LimeExplanation[] explanations = Explain(request, halves);
        FloatTensor maps = geometry.NewMaps(request.Items);
        List<AttributionDetail> details = [];
        for (int item = 0; item < explanations.Length; item++)
        {
            LinearSurrogate surrogate = explanations[item].Classes[request.Targets[item]];
            explanations[item].Segments.Paint(surrogate.Coefficients.Span, maps.Item(item).Span);
            details.Add(new AttributionDetail("coefficients", item, surrogate.Coefficients));
            details.Add(new AttributionDetail("standard_errors", item, surrogate.StandardErrors));
            details.Add(new AttributionDetail("intercept", item, new[] { surrogate.Intercept }));
            details.Add(new AttributionDetail("score", item, new[] { surrogate.Score }));
            details.Add(new AttributionDetail("local_prediction", item, new[] { surrogate.LocalPrediction }));
            details.Add(new AttributionDetail("samples", item, new double[] { explanations[item].Samples }));
        }

        return new AttributionOutcome { Map = geometry.ToOwnMaps(maps), Details = details, HalfAgreement = halves.Values };
    }

    private LimeExplanation[] Explain(AttributionRequest request, HalfMaps? halves = null)
    {
        ItemGeometry geometry = ItemGeometry.Of(request.Model, request.Input);
        FloatTensor planes = geometry.ToPlanes(request.Input);
        PerturbedRuns runs = new(request, geometry, Score, Samples);
        LimeExplanation[] explanations = new LimeExplanation[request.Items];
        for (int item = 0; item < explanations.Length; item++)
            explanations[item] = ExplainItem(request, runs, planes.Item(item), item, halves);
        return explanations;
    }

    private LimeExplanation ExplainItem(
        AttributionRequest request, PerturbedRuns runs, FloatTensor planes, int item, HalfMaps? halves)
    {
        ItemGeometry geometry = runs.Geometry;
        SegmentMap segments = SegmentsOf(geometry, planes);
        SegmentHider hider = new(planes.Memory, geometry, segments, Hide);
        SampleMatrix matrix = SampleMatrix.Create(Sampling, (uint)Seed, Samples, segments.Count);
        SurrogateFit fit = new(matrix, Kernel, request.Model.Labels.Count);
        RankingMonitor monitor = new(StopTop, Separation, TiedFrom);
        LimeEnd end = LimeEnd.AllSamples;
        double[] values = new double[request.Model.Labels.Count];
        runs.Run(
            (sample, target) => hider.Compose(matrix.Row(sample), target),
            (_, scores) => (end = Add(fit, scores, values, monitor, request, item)) == LimeEnd.AllSamples);
        if (halves is not null && fit.SolveHalves(Ridge, Selection, Features, request.Targets[item]) is { } half)
        {
            segments.Paint(half.First, halves.First);
            segments.Paint(half.Second, halves.Second);
            halves.Measure(item);
        }

        return new LimeExplanation(request.Input.Item(item), segments, fit.Solve(Ridge, Selection, Features), fit.Count, end);
    }

    private LimeEnd Add(SurrogateFit fit, FloatTensor scores, double[] values, RankingMonitor monitor, AttributionRequest request, int item)
    {
        for (int row = 0; row < scores.Shape[0]; row++)
        {
            ReadOnlySpan<float> from = scores.Span.Slice(row * values.Length, values.Length);
            for (int i = 0; i < values.Length; i++)
                values[i] = from[i];
            fit.Add(values);
            if (fit.Count < Samples && IsLook(fit.Count, monitor)
                && monitor.Look(fit.SolveOne(Ridge, request.Targets[item]), fit.Count) is var end && end != LimeEnd.AllSamples)
                return end;
        }

        return LimeEnd.AllSamples;
    }

    // Every hundred samples, and once where an open ranking counts as tied
    private bool IsLook(int samples, RankingMonitor monitor) =>
        monitor.WatchesRanking && (samples % LookEvery == 0 || samples == TiedFrom);
}
