namespace AudioEmotionXai.Evaluation;

/// <summary>Measures the metrics beyond masking on some clips.</summary>
internal sealed class MetricTable(AudioClassifier model, Corpus corpus, Explainer explainer, VerificationOptions options)
{
    private const long IntervalPurpose = 31;

    private readonly string[] _names = options.MethodNames();
    private readonly List<double>[,] _values = new List<double>[options.Methods.Count, options.Metrics.Count];
    private readonly string?[,] _whyNot = new string?[options.Methods.Count, options.Metrics.Count];
    private readonly MethodAgreement _agreement = new(options.Traits(corpus), options);
    private readonly List<float[]>[] _deletions = Lists<float[]>(options.Methods.Count);
    private readonly List<float[]>[] _insertions = Lists<float[]>(options.Methods.Count);

    /// <summary>Measures one clip with every method.</summary>
    public void Add(int clip, CancellationToken cancellationToken)
    {
        Explanation[] explanations = explainer.OfClip(clip, cancellationToken);
        for (int method = 0; method < options.Methods.Count; method++)
        {
            MetricContext context = ContextOf(options.Methods[method], explanations[method], clip, cancellationToken);
            for (int metric = 0; metric < options.Metrics.Count; metric++)
            {
                double value = Measure(options.Metrics[metric], context, method);
                (_values[method, metric] ??= []).Add(value);
                if (double.IsNaN(value))
                    _whyNot[method, metric] ??= options.Metrics[metric].WhyNotDefined(context);
            }
        }

        _agreement.Add([.. explanations.Select(explanation => (ReadOnlyMemory<float>)InputGrid.MapOf(explanation).Memory)], clip);
    }

    /// <summary>How far each two methods agree.</summary>
    public AgreementRow[] Agreement() => _agreement.Rows();

    /// <summary>The metrics' means.</summary>
    public MetricRow[] Rows()
    {
        List<MetricRow> rows = [];
        for (int method = 0; method < options.Methods.Count; method++)
            for (int metric = 0; metric < options.Metrics.Count; metric++)
            {
                double[] defined = [.. (_values[method, metric] ?? []).Where(value => !double.IsNaN(value))];
                KeyedRandom random = new(options.Seed, IntervalPurpose, method, metric);
                ConfidenceInterval value = MeanTest.Of(defined, [], options.Controlled.Resamples, random)
                    .Interval(1 - options.Controlled.Level);
                rows.Add(new MetricRow(_names[method], options.Metrics[metric].Name, options.Metrics[metric].Direction, value)
                {
                    NotDefined = defined.Length == 0 ? _whyNot[method, metric] : null,
                });
            }

        return [.. rows];
    }

    /// <summary>The mean curves; none where deletion and insertion are not both measured.</summary>
    public CurveRow[] Curves() =>
        [
            .. _names
                .Index()
                .Where(method => _deletions[method.Index].Count > 0 && _insertions[method.Index].Count > 0)
                .Select(method => new CurveRow(method.Item, Mean(_deletions[method.Index]), Mean(_insertions[method.Index]))),
        ];

    private double Measure(ExplanationMetric metric, MetricContext context, int method)
    {
        switch (metric)
        {
            case DeletionMetric deletion:
                _deletions[method].Add(deletion.Curve(context));
                return ExplanationMetric.Area(_deletions[method][^1]);
            case InsertionMetric insertion:
                _insertions[method].Add(insertion.Curve(context));
                return ExplanationMetric.Area(_insertions[method][^1]);
            default:
                return metric.Measure(context);
        }
    }

    private MetricContext ContextOf(AttributionMethod method, Explanation explanation, int clip, CancellationToken cancellationToken) =>
        new()
        {
            Input = corpus.Input.Item(clip),
            Map = InputGrid.MapOf(explanation).Memory,
            Values = explanation.Values.Length == corpus.Input.Item(clip).Length ? explanation.Values.Memory : null,
            ShareBaseline = method.ShareBaseline?.For(corpus.Input.Item(clip).Span),
            Target = explanation.Target.Index,
            Model = Classifier.Of(model),
            Explain = (copies, cancel) => Explain(method, copies, explanation.Target.Index, cancel),
            CompletenessGap = explanation.CompletenessGap,
            Seed = new KeyedRandom(options.Seed, clip).NextIndex(int.MaxValue),
            CancellationToken = cancellationToken,
        };

    private FloatTensor Explain(AttributionMethod method, FloatTensor copies, int target, CancellationToken cancellationToken)
    {
        AttributionResult result = method.Attribute(model, copies, ClassTarget.OfIndex(target), cancellationToken: cancellationToken);
        FloatTensor maps = new(copies.Shape[0], InputGrid.Of(copies).Cells);
        for (int i = 0; i < copies.Shape[0]; i++)
            InputGrid.MapOf(result[i]).Span.CopyTo(maps.Item(i).Span);
        return maps;
    }

    private static double[] Mean(List<float[]> curves)
    {
        double[] mean = new double[curves[0].Length];
        foreach (float[] curve in curves)
            for (int i = 0; i < mean.Length; i++)
                mean[i] += curve[i] / curves.Count;
        return mean;
    }

    private static List<T>[] Lists<T>(int count)
    {
        List<T>[] lists = new List<T>[count];
        for (int i = 0; i < count; i++)
            lists[i] = [];
        return lists;
    }
}
