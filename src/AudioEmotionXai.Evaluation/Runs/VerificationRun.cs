using System.Globalization;

namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Verifies methods on a corpus, batch by batch into a folder: a finished batch is never done again, and shards that share a folder, or
/// are merged into one, give the same tables as a single run.
/// </summary>
public sealed class VerificationRun
{
    private readonly AudioClassifier _model;
    private readonly Corpus _corpus;
    private readonly VerificationOptions _options;
    private readonly string _folder;
    private readonly IProgress<EvaluationProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly RunIdentity _identity;
    private readonly PartStore _store;
    private readonly ResultsCsv _csv;
    private readonly Explainer _explainer;

    private VerificationRun(
        AudioClassifier model, Corpus corpus, VerificationOptions options, string folder, Explainer explainer,
        IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        _model = model;
        _corpus = corpus;
        _options = options;
        _folder = folder;
        _progress = progress;
        _cancellationToken = cancellationToken;
        _identity = RunIdentity.Of(model, corpus, options);
        _store = new PartStore(folder, _identity.Key, options.Controlled, options.Methods.Count);
        _explainer = explainer;
        _csv = new ResultsCsv(options.Controlled, options.MethodNames(), model.Labels);
    }

    private int Batches => (_corpus.Count + _options.BatchSize - 1) / _options.BatchSize;

    /// <summary>Runs, or goes on with, a verification.</summary>
    /// <param name="model">The model.</param>
    /// <param name="corpus">The clips.</param>
    /// <param name="options">Methods, protocols, seed and shard.</param>
    /// <param name="folder">Gets <c>parts/</c> as batches finish, then <c>results.csv</c>, <c>drops.npz</c> and
    /// <c>summary.json</c>.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="cancellationToken">Ends the work; finished batches stay.</param>
    /// <returns>The tables, or null while batches of other shards are missing.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or the folder holds batches of another run.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static VerificationResult? Execute(
        AudioClassifier model,
        Corpus corpus,
        VerificationOptions options,
        string folder,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return Execute(model, corpus, options, folder, Explainer.For(model, corpus, options), progress, cancellationToken);
    }

    /// <summary>The same, with an explainer that the caller goes on to use.</summary>
    internal static VerificationResult? Execute(
        AudioClassifier model,
        Corpus corpus,
        VerificationOptions options,
        string folder,
        Explainer explainer,
        IProgress<EvaluationProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ThrowIfTruthUnknown(model, corpus);
        return new VerificationRun(
            model, corpus, options with
            {
                Controlled = options.Controlled.For(corpus.Count),
            },
            folder,
            explainer,
            progress,
            cancellationToken
        ).Run();
    }

    private VerificationResult? Run()
    {
        if (_options.ReplacesOtherRun)
            _store.RemoveOthers();
        foreach (string other in _options.MergeFrom)
            _store.Merge(other);
        MeasureShard();
        for (int batch = 0; batch < Batches; batch++)
            if (!_store.Contains(batch))
                return null;
        ClipOutcome[] clips = [.. Enumerable.Range(0, Batches).SelectMany(_store.Read)];
        WriteTables(clips);
        VerificationResult result = Summarize(clips);
        AtomicFile.WriteAllText(Path.Combine(_folder, "summary.json"), SummaryJson.Write(result, _options, _model));
        return result;
    }

    private void MeasureShard()
    {
        int[] mine = [.. Enumerable.Range(0, Batches).Where(_options.Shard.Contains)];
        BatchMeasurer measurer = new(_model, _corpus, _explainer, _options);
        int done = 0, total = mine.Sum(batch => SizeOf(batch));
        foreach (int batch in mine)
        {
            Report("masking", done, total);
            if (!_store.Contains(batch))
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
        AtomicFile.Write(Path.Combine(_folder, "results.csv"), stream =>
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(ResultsCsv.Header));
            for (int batch = 0; batch < Batches; batch++)
                stream.Write(System.Text.Encoding.UTF8.GetBytes(_store.ReadRows(batch)));
        });
        NpzFile.Write(Path.Combine(_folder, "drops.npz"), _store.Arrays(clips));
    }

    private VerificationResult Summarize(ClipOutcome[] clips)
    {
        MethodTraits[] traits = _options.Traits();
        Report("statistics", 0, 1);
        ControlledTable? controlled = _options.Protocols.HasFlag(VerificationProtocols.Controlled)
            ? new ControlledTableBuilder(_options.Controlled, traits, clips, _options.Seed).Build(
                ClipGroup.Of(_model.Labels, _corpus.Truths is not null))
            : null;
        NotebookTable? notebook = _options.Protocols.HasFlag(VerificationProtocols.Notebook)
            ? NotebookTable.Build(traits, clips, _model.Labels)
            : null;
        Report("statistics", 1, 1);
        int[] metricClips = FirstOfEachClass(clips, _options.MetricClipsPerClass);
        MetricTable metrics = MeasureMetrics(metricClips);
        return new VerificationResult
        {
            Clips = clips.Length,
            Right = _corpus.Truths is null ? null : clips.Count(clip => clip.Truth == clip.Predicted),
            Methods = _options.MethodNames(),
            Notebook = notebook,
            Controlled = controlled,
            Metrics = metricClips.Length > 0 ? metrics.Rows() : [],
            Curves = metrics.Curves(),
            Agreement = metrics.Agreement(),
            MetricClips = metricClips.Length,
            Sanity = CheckSanity(FirstOfEachClass(clips, _options.SanityClipsPerClass)),
            ModelHash = _identity.ModelHash,
            CorpusHash = _identity.CorpusHash,
            Outcomes = clips,
        };
    }

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

    private void Report(string stage, int done, int total)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _progress?.Report(new EvaluationProgress(stage, done, total));
    }

    private static void ThrowIfTruthUnknown(AudioClassifier model, Corpus corpus)
    {
        for (int clip = 0; clip < (corpus.Truths?.Count ?? 0); clip++)
            if (corpus.Truths![clip] < 0 || corpus.Truths[clip] >= model.Labels.Count)
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The true class of clip {clip} is {corpus.Truths[clip]}; the model {model.Name} has classes 0 to "
                            + $"{model.Labels.Count - 1}."),
                    nameof(corpus));
    }
}
