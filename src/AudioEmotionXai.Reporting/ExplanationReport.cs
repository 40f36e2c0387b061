using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>
/// Explains and verifies clips, and writes it all into a folder: <c>index.html</c> (one self-contained page), <c>comparison.svg</c>,
/// <c>figures/</c>, <c>maps/</c> (.npy and .png), <c>results.csv</c>, <c>drops.npz</c> and <c>summary.json</c>. `aexai report` and
/// `aexai verify` are calls of it.
/// </summary>
public sealed class ExplanationReport
{
    private readonly AudioClassifier _model;
    private readonly Corpus _corpus;
    private readonly ReportOptions _options;
    private readonly ReportFiles _files;
    private readonly TimeFrequencyAxes? _axes;
    private readonly MethodTraits[] _rows;
    private readonly string[] _names;
    private readonly Explainer _explainer;

    private ExplanationReport(AudioClassifier model, Corpus corpus, ReportOptions options, string folder, Explainer explainer)
    {
        _model = model;
        _corpus = corpus;
        _options = options;
        _files = new ReportFiles(folder);
        _axes = AxesOf(model, corpus);
        _rows = options.Verification.Traits(corpus);
        _names = [.. _rows.Select(row => row.Name)];
        _explainer = explainer;
    }

    /// <summary>Writes, or goes on with, a report.</summary>
    /// <param name="model">The model.</param>
    /// <param name="corpus">The clips.</param>
    /// <param name="options">Methods, verification, and what is shown.</param>
    /// <param name="folder">Gets the files; made where missing.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="cancellationToken">Ends the work; finished batches stay and are not done again.</param>
    /// <returns>What the verification found, or null while batches of other shards are missing; there is no page then.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or the folder holds batches of another run.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static VerificationResult? Write(
        AudioClassifier model,
        Corpus corpus,
        ReportOptions options,
        VerificationFolder folder,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(folder);
        options.Verification.Validate();
        using PlaneForm form = PlaneForm.Of(model);
        Corpus plain = corpus.In(form);
        Explainer explainer = Explainer.For(form.Model, plain, options.Verification);
        VerificationResult? result = Verification.Run(
            form.Model, plain, options.Verification, folder, explainer, progress, cancellationToken);
        if (result is not null)
            new ExplanationReport(form.Model, plain, options, folder.Path, explainer).WritePage(result, progress, cancellationToken);
        return result;
    }

    private void WritePage(VerificationResult result, IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        int[] shown = ShownClips(result);
        List<PageClip> clips = [];
        foreach (int clip in shown)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new EvaluationProgress("figures", clips.Count, shown.Length));
            clips.Add(Show(clip, result, isSounded: clips.Count < _options.SoundedClips, cancellationToken));
        }

        progress?.Report(new EvaluationProgress("figures", shown.Length, shown.Length));
        ClipFigure[] comparison =
        [
            .. clips.GroupBy(clip => clip.Truth ?? clip.Labels[clip.Predicted]).Select(group => group.First().Figure),
        ];
        _files.WriteText("comparison.svg", new ComparisonFigure(_options.Title, comparison).ToSvg());
        WriteCharts(result);
        ReportPage page = new(_options.Title, Lead(result))
        {
            Sections = Sections(result),
            Clips = clips,
            Axes = _axes,
            Provenance = FactsOf(result),
        };
        _files.WriteText("index.html", page.Render());
    }

    private int[] ShownClips(VerificationResult result) =>
        [
            .. result
                .Outcomes.GroupBy(clip => clip.Emotion)
                .OrderBy(group => group.Key)
                .SelectMany(group => group.Take(_options.ShownPerClass ?? int.MaxValue))
                .Select(clip => clip.Clip),
        ];

    private PageClip Show(int clip, VerificationResult result, bool isSounded, CancellationToken cancellationToken)
    {
        Explanation[] maps = _explainer.OfClip(clip, cancellationToken);
        PageClip page = ClipOf(clip, maps, result.Outcomes[clip]) with
        {
            // What is not finite gives no sound
            Sound = isSounded && result.Outcomes[clip].Undefined.Length == 0 ? SoundOf(clip, maps, cancellationToken) : null,
        };
        _files.WriteFigure(clip, page.Name, page.Figure);
        for (int method = 0; _options.WritesMaps && method < maps.Length; method++)
            _files.WriteMap(clip, page.Name, _names[method], maps[method]);
        return page;
    }

    private PageSound? SoundOf(int clip, Explanation[] maps, CancellationToken cancellationToken)
    {
        if (_corpus.Recordings?[clip] is not { Samples.IsEmpty: false } recording || _axes is null)
            return null;
        List<KeyValuePair<int, AudibleExplanation>> heard = [];
        for (int method = 0; method < maps.Length; method++)
        {
            heard.Add(new(method, AudibleExplanation.Create(_model, recording, maps[method], _options.Listening, cancellationToken)));
        }

        return new PageSound(heard);
    }

    private PageClip ClipOf(int clip, Explanation[] maps, ClipOutcome outcome)
    {
        Prediction prediction = maps[0].Prediction;
        string name = _corpus.Names[clip];
        string? truth = _corpus.Truths is null ? null : _model.Labels[_corpus.Truths[clip]];
        return new PageClip
        {
            Name = name,
            Truth = truth,
            Labels = _model.Labels,
            Probabilities = prediction.Values.ToArray(),
            Predicted = prediction.Index,
            Figure = new ClipFigure
            {
                Title = PageClip.Headline(name, truth, prediction.Label, prediction.Value),
                Spectrogram = _corpus.SpectrogramOf(clip, _model),
                SpectrogramUnit = _model.FrontEnd is null ? "input" : _model.TakesSamples ? "dB" : _model.FrontEnd.FrontEnd.Unit,
                Axes = _axes,
                Maps = [.. maps.Select(FigureOf)],
            },
            Tables = [ClipTable(outcome, maps), .. DetailTable(maps)],
            Warnings =
            [
                .. _corpus.Warnings?[clip] ?? [],
                .. maps.SelectMany((map, method) => map.Warnings.Select(warning => $"{_names[method]}: {warning}")),
            ],
        };
    }

    private FigureMap FigureOf(Explanation map, int method) =>
        new(
            _names[method], map.Map,
            _rows[method].UsesModel ? $"for {map.Target.Label}" : "does not use the model")
        {
            Unit = _rows[method].Meaning == MapMeaning.Unimportance ? "unimportance" : "relevance",
        };

    private PageTable ClipTable(ClipOutcome outcome, Explanation[] maps) => new(
        "Falls of the predicted class's probability in percentage points (mean over shares, fills and draws), and what the map sums to",
        ["method", "drop", "scattered", "same shape elsewhere", "equally loud", "sum of the map", "logit", "completeness gap"],
        [.. maps.Select((map, method) => (IReadOnlyList<string>)
        [
            _names[method],
            .. Drops(outcome, method),
            Words.Number(Sums.Of(map.Map.Span)),
            Words.Number(map.Prediction.Logits.Span[map.Target.Index]),
            Words.Number(map.CompletenessGap ?? double.NaN),
        ])]);

    private IEnumerable<PageTable> DetailTable(Explanation[] maps)
    {
        List<IReadOnlyList<string>> rows = [];
        for (int method = 0; method < maps.Length; method++)
        {
            if (maps[method].HalfAgreement is { } halves)
                rows.Add([_names[method], "agreement of two halves of the samples", Words.Number(halves)]);
            if (maps[method].Reliability is { } reliability)
                rows.Add([_names[method], "agreement to expect of as many other samples", Words.Number(reliability)]);
            foreach (AttributionDetail detail in maps[method].Details)
                if (detail.Values.Length == 1)
                    rows.Add([_names[method], detail.Name.Replace('_', ' '), Words.Number(detail.Values.Span[0])]);
        }

        if (rows.Count > 0)
            yield return new PageTable(
                "What the methods say beside the map, such as the totals of the relevance ledger", ["method", "number", "value"], rows)
            {
                TextColumns = 2,
            };
    }

    private string[] Drops(ClipOutcome outcome, int row)
    {
        if (outcome.Controlled is not { } drops)
            return outcome.Notebook.Length == 0
                ? ["–", "–", "–", "–"]
                : [Words.Points(outcome.Notebook[row].Important), Words.Points(outcome.Notebook[row].Random), "–", "–"];
        int[] all = [.. Enumerable.Range(0, _options.Verification.Controlled.Conditions)];
        return
        [
            Words.Points(drops.Own(row, DropScale.Probability, all)),
            .. Enum.GetValues<MaskControl>().Select(control => Words.Points(drops.Control(row, control, DropScale.Probability, all))),
        ];
    }

    private PageSection[] Sections(VerificationResult result)
    {
        List<PageSection> sections = [OverviewSection.Create(result, _options.Verification, Path.GetFileName(_model.Name), _model.Head)];
        if (result.Controlled is not null)
            sections.Add(VerdictSection.Create(result, result.Controlled, _options.Verification, _model.Labels));
        if (result.GroundTruth is { Mosaics: > 0 } known)
            sections.Add(GroundTruthSection.Create(known, _options.Verification));
        if (result.Notebook is not null)
            sections.Add(NotebookSection.Create(result, result.Notebook));
        if (result.Metrics.Count > 0)
            sections.Add(MetricSection.Create(result, _options.Verification.Metrics));
        if (result.Sanity is not null)
            sections.Add(SanitySection.Create(result.Sanity));
        return [.. sections];
    }

    private void WriteCharts(VerificationResult result)
    {
        if (result.Controlled is not null)
        {
            IReadOnlyList<SvgCanvas> charts = VerdictSection.Charts(result, result.Controlled, _model.Labels);
            _files.WriteChart("drops", charts[0]);
            _files.WriteChart("efficiency", charts[1]);
            _files.WriteChart("efficiency_by_emotion", charts[2]);
        }

        if (result.GroundTruth is { Mosaics: > 0 } known)
            _files.WriteChart("known_answers", GroundTruthSection.Chart(known).Draw());
        if (result.Notebook is not null)
            _files.WriteChart("notebook", NotebookSection.Chart(result, result.Notebook).Draw());
        if (result.Curves.Count > 0)
        {
            _files.WriteChart("deletion", MetricSection.Curves(result, isInsertion: false).Draw());
            _files.WriteChart("insertion", MetricSection.Curves(result, isInsertion: true).Draw());
        }
    }

    private string Lead(VerificationResult result)
    {
        string right = result.Right is { } count ? string.Create(CultureInfo.InvariantCulture, $", {count} predicted right") : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{result.Clips} clips{right} · {string.Join(", ", _names)} · {Path.GetFileName(_model.Name)}");
    }

    private KeyValuePair<string, string>[] FactsOf(VerificationResult result) =>
        [
            new("Model", Path.GetFileName(_model.Name)),
            new("Model, SHA-256", result.ModelHash),
            new("Clips, SHA-256", result.CorpusHash),
            .. _options.Verification.Methods.Select(
                (method, i) => new KeyValuePair<string, string>(i == 0 ? "Methods" : "", method.ToString())),
            new(
                "Protocols",
                result.Controlled is null
                    ? "notebook"
                    : VerdictSection.Describe(_options.Verification.Controlled.For(result.Clips))
                        + (result.Notebook is null ? "" : "; notebook")),
            new("Seed", Words.Count(_options.Verification.Seed)),
            .. Provenance.Versions(),
        ];

    private static TimeFrequencyAxes? AxesOf(AudioClassifier model, Corpus corpus) =>
        model.FrontEnd is { } contract
        && (model.TakesSamples
            || (contract.Options.MelBins == corpus.Input.Shape[^2] && contract.Options.FrameCount == corpus.Input.Shape[^1]))
            ? TimeFrequencyAxes.Of(contract.Options)
            : null;
}
