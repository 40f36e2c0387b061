namespace AudioEmotionXai.Evaluation;

/// <summary>One verification: batch by batch, in memory or into a folder, then the tables.</summary>
internal sealed class VerificationRun
{
    private readonly AudioClassifier _model;
    private readonly Corpus _corpus;
    private readonly VerificationOptions _options;
    private readonly VerificationFolder? _folder;
    private readonly IProgress<EvaluationProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly RunIdentity _identity;
    private readonly VerificationRows _rows;
    private readonly PartStore? _store;
    private readonly ResultsCsv _csv;
    private readonly Explainer _explainer;
    private readonly ClipOutcome[]?[] _measured;

    /// <summary>A run; <paramref name="folder"/> is null where nothing is written.</summary>
    public VerificationRun(
        AudioClassifier model, Corpus corpus, VerificationOptions options, VerificationFolder? folder, Explainer explainer,
        IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        _model = model;
        _corpus = corpus;
        _options = options;
        _folder = folder;
        _progress = progress;
        _cancellationToken = cancellationToken;
        _identity = RunIdentity.Of(model, corpus, options);
        _rows = new VerificationRows(model, corpus, options);
        _store = folder is null ? null : new PartStore(folder.Path, _identity.Key, options.Controlled, _rows, Warn);
        _explainer = explainer;
        _csv = new ResultsCsv(options.Controlled, _rows, model.Labels);
        _measured = new ClipOutcome[]?[Batches];
    }

    private int Batches => (_corpus.Count + _options.BatchSize - 1) / _options.BatchSize;

    /// <summary>The tables, or null while batches of other shards are missing.</summary>
    public VerificationResult? Run()
    {
        if (_folder is { ReplacesOtherRun: true })
            _store!.RemoveOthers();
        foreach (string other in _folder?.MergeFrom ?? [])
            _store!.Merge(other);
        MeasureShard();
        for (int batch = 0; batch < Batches; batch++)
            if (_store?.Contains(batch) == false)
                return null;
        ClipOutcome[] clips = [.. Enumerable.Range(0, Batches).SelectMany(batch => _measured[batch] ?? _store!.Read(batch))];
        VerificationResult result = Summarize(clips);
        if (_folder is not null)
        {
            WriteTables(clips);
            AtomicFile.WriteAllText(Path.Combine(_folder.Path, "summary.json"), SummaryJson.Write(result, _options, _model));
        }

        return result;
    }

    private void MeasureShard()
    {
        int[] mine = [.. Enumerable.Range(0, Batches).Where((_folder?.Shard ?? Shard.Whole).Contains)];
        using BatchMeasurer measurer = new(_model, _corpus, _explainer, _options, _rows);
        int done = 0, total = mine.Sum(batch => SizeOf(batch));
        foreach (int batch in mine)
        {
            Report("masking", done, total);
            if (_store?.Contains(batch) != true)
                MeasureBatch(measurer, batch);
            done += SizeOf(batch);
        }

        Report("masking", total, Math.Max(1, total));
    }

    private void MeasureBatch(BatchMeasurer measurer, int batch)
    {
        using SharedHandle.Lease lease = _model.Enter();
        using Operation operation = _model.Observe(TelemetryNames.VerifyBatch, SizeOf(batch));
        try
        {
            ClipOutcome[] clips = measurer.Measure(batch * _options.BatchSize, SizeOf(batch), _cancellationToken);
            if (_store is null)
                _measured[batch] = clips;
            else
                _store.Write(batch, clips, _csv.Rows(clips, _corpus.Names));
            operation.Done();
        }
        catch (Exception failure) when (operation.Failed(failure))
        {
            throw;
        }
    }

    private void WriteTables(ClipOutcome[] clips)
    {
        AtomicFile.Write(Path.Combine(_folder!.Path, "results.csv"), stream =>
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(ResultsCsv.Header));
            for (int batch = 0; batch < Batches; batch++)
                stream.Write(System.Text.Encoding.UTF8.GetBytes(_store!.ReadRows(batch)));
        });
        NpzFile.Write(Path.Combine(_folder.Path, "drops.npz"), _store!.Arrays(clips));
    }

    private VerificationResult Summarize(ClipOutcome[] clips)
    {
        ClipOutcome[] defined = [.. clips.Where(clip => clip.Undefined.Length == 0)];
        if (defined.Length == 0)
            throw new AnswerNotFiniteException(
                FormattableString.Invariant(
                    $"Nothing is left to measure of {clips.Length} clips: {_corpus.Names[clips[0].Clip]}: {clips[0].Undefined}."));
        Report("statistics", 0, 1);
        ControlledTable? controlled = _options.Protocols.HasFlag(VerificationProtocols.Controlled) ? TableOf(defined) : null;
        NotebookTable? notebook = _options.Protocols.HasFlag(VerificationProtocols.Notebook)
            ? NotebookTable.Build(_rows.Measured, defined, _model.Labels)
            : null;
        Report("statistics", 1, 1);
        int[] metricClips = FirstOfEachClass(defined, _options.MetricClipsPerClass);
        MetricTable metrics = MeasureMetrics(metricClips);
        return new VerificationResult
        {
            Clips = defined.Length,
            Undefined =
            [
                .. clips
                    .Where(clip => clip.Undefined.Length > 0)
                    .Select(clip => new UndefinedClip(_corpus.Names[clip.Clip], clip.Undefined)),
            ],
            Right = _corpus.Truths is null ? null : defined.Count(clip => clip.Truth == clip.Predicted),
            Methods = _rows.Names,
            Notebook = notebook,
            Controlled = controlled,
            GroundTruth = _options.Protocols.HasFlag(VerificationProtocols.GroundTruth) ? KnownAnswers(defined) : null,
            Metrics = metricClips.Length > 0 ? metrics.Rows() : [],
            Curves = metrics.Curves(),
            Agreement = metrics.Agreement(),
            MetricClips = metricClips.Length,
            Sanity = CheckSanity(FirstOfEachClass(defined, _options.SanityClipsPerClass)),
            ModelHash = _identity.ModelHash,
            CorpusHash = _identity.CorpusHash,
            Outcomes = clips,
            Rows = _rows.Measured,
        };
    }

    private ControlledTable TableOf(ClipOutcome[] clips)
    {
        int[] units = _corpus.Units();
        return new ControlledTableBuilder(
            _options.Controlled, _rows.All, _rows.Controlled, clips, units.Length == 0 ? [] : [.. clips.Select(clip => units[clip.Clip])],
            _options.Seed).Build(ClipGroup.Of(_model.Labels, _corpus.Truths is not null, clips));
    }

    private GroundTruthTable KnownAnswers(ClipOutcome[] clips) =>
        new GroundTruthRun(_model, _corpus, _options, clips).Run(
            (done, total) => Report("known answers", done, total), _cancellationToken);

    private MetricTable MeasureMetrics(int[] clips)
    {
        MetricTable metrics = new(_model, _corpus, _explainer, _options);
        for (int i = 0; i < clips.Length; i++)
        {
            Report("metrics", i, clips.Length);
            metrics.Add(clips[i], _cancellationToken);
        }

        if (clips.Length > 0)
            Report("metrics", clips.Length, clips.Length);
        return metrics;
    }

    private SanityTable? CheckSanity(int[] clips)
    {
        if (clips.Length == 0)
            return null;
        FloatTensor input = _corpus.Take(clips).Input;
        SanityChecks checks = new(_model, _options.Methods, _options.MethodNames(), input, _options.Sanity, _options.Seed);
        return checks.Run((done, total) => Report("sanity checks", done, total), _cancellationToken);
    }

    private static int[] FirstOfEachClass(ClipOutcome[] clips, int count) =>
        [
            .. clips
                .GroupBy(clip => clip.Emotion)
                .OrderBy(group => group.Key)
                .SelectMany(group => group.Take(count))
                .Select(clip => clip.Clip),
        ];

    private int SizeOf(int batch) => Math.Min(_options.BatchSize, _corpus.Count - (batch * _options.BatchSize));

    private void Warn(string text) => _progress?.Report(new EvaluationProgress("masking", 0, 1) { Warning = text });

    private void Report(string stage, int done, int total)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _progress?.Report(new EvaluationProgress(stage, done, total));
    }
}
