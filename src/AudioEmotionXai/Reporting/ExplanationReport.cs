using System.Globalization;
using System.Reflection;
using AudioEmotionXai.Attribution;
using AudioEmotionXai.Audio;
using AudioEmotionXai.Evaluation;
using AudioEmotionXai.Evaluation.Protocols;
using AudioEmotionXai.Evaluation.Runs;
using AudioEmotionXai.Models;
using AudioEmotionXai.Primitives;
using AudioEmotionXai.Reporting.Html;
using AudioEmotionXai.Reporting.Sections;
using AudioEmotionXai.Runtime;

namespace AudioEmotionXai.Reporting;

/// <summary>
/// Explains and verifies clips, and writes it all into a folder: <c>index.html</c> (one self-contained page), <c>comparison.svg</c>,
/// <c>figures/</c>, <c>maps/</c> (.npy and .png), <c>results.csv</c>, <c>drops.npz</c> and <c>summary.json</c>. `aexai report` and
/// `aexai verify` are calls of it.
/// </summary>
public sealed class ExplanationReport
{
    private const int ClipsAtOnce = 8;

    private readonly EmotionModel _model;
    private readonly Corpus _corpus;
    private readonly ReportOptions _options;
    private readonly ReportFiles _files;
    private readonly TimeFrequencyAxes? _axes;
    private readonly string[] _names;

    private ExplanationReport(EmotionModel model, Corpus corpus, ReportOptions options, string folder)
    {
        _model = model;
        _corpus = corpus;
        _options = options;
        _files = new ReportFiles(folder);
        _axes = AxesOf(model, corpus);
        _names = options.Verification.MethodNames();
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
        EmotionModel model,
        Corpus corpus,
        ReportOptions options,
        string folder,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        VerificationResult? result = VerificationRun.Execute(model, corpus, options.Verification, folder, progress, cancellationToken);
        if (result is not null)
            new ExplanationReport(model, corpus, options, folder).WritePage(result, progress, cancellationToken);
        return result;
    }

    private void WritePage(VerificationResult result, IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        int[] shown = ShownClips(result);
        List<PageClip> clips = [];
        foreach (int[] some in shown.Chunk(ClipsAtOnce))
        {
            progress?.Report(new EvaluationProgress("figures", clips.Count, shown.Length));
            clips.AddRange(Explain(some, result, cancellationToken));
        }

        progress?.Report(new EvaluationProgress("figures", shown.Length, shown.Length));
        ClipFigure[] comparison = [.. clips.GroupBy(clip => clip.Truth ?? clip.Labels[clip.Predicted]).Select(group => group.First().Figure)];
        _files.WriteText("comparison.svg", new ComparisonFigure(_options.Title, comparison).ToSvg());
        WriteCharts(result);
        ReportPage page = new(_options.Title, Lead(result))
        {
            Sections = Sections(result),
            Clips = clips,
            Axes = _axes,
            Provenance = Provenance(result),
        };
        _files.WriteText("index.html", page.Render());
    }

    private int[] ShownClips(VerificationResult result) =>
        [.. result.Outcomes.GroupBy(clip => clip.Emotion).OrderBy(group => group.Key).SelectMany(group => group.Take(_options.ShownPerClass ?? int.MaxValue)).Select(clip => clip.Clip)];

    private IEnumerable<PageClip> Explain(int[] clips, VerificationResult result, CancellationToken cancellationToken)
    {
        FloatTensor input = _corpus.Take(clips).Input;
        AttributionResult[] maps = [.. _options.Verification.Methods.Select(method => method.Attribute(_model, input, cancellationToken: cancellationToken))];
        for (int i = 0; i < clips.Length; i++)
        {
            PageClip clip = ClipOf(clips[i], i, maps, result);
            _files.WriteFigure(clips[i], clip.Name, clip.Figure);
            for (int method = 0; _options.WritesMaps && method < maps.Length; method++)
                _files.WriteMap(clips[i], clip.Name, _names[method], maps[method], i);
            yield return clip;
        }
    }

    private PageClip ClipOf(int clip, int item, AttributionResult[] maps, VerificationResult result)
    {
        EmotionPrediction prediction = maps[0].Predictions[item];
        string name = _corpus.Names[clip];
        string? truth = _corpus.Truths is null ? null : _model.Labels[_corpus.Truths[clip]];
        return new PageClip
        {
            Name = name,
            Truth = truth,
            Labels = _model.Labels,
            Probabilities = prediction.Probabilities.ToArray(),
            Predicted = prediction.Index,
            Figure = new ClipFigure
            {
                Title = PageClip.Headline(name, truth, prediction.Label, prediction.Probability),
                Spectrogram = _corpus.SpectrogramOf(clip),
                SpectrogramUnit = _model.FrontEnd is null ? "input" : "z-score",
                Axes = _axes,
                Maps = [.. maps.Select((map, method) => new FigureMap(_names[method], map.MapOf(item), map.Method.UsesModel ? $"for {_model.Labels[map.Targets[item]]}" : "does not use the model"))],
            },
            Tables = [ClipTable(result.Outcomes[clip], item, maps)],
            Warnings = [.. maps.SelectMany((map, method) => map.Warnings.Select(warning => $"{_names[method]}: {warning}")).Distinct()],
        };
    }

    private PageTable ClipTable(ClipOutcome outcome, int item, AttributionResult[] maps) => new(
        "Falls of the predicted class's probability in percentage points (mean over shares, fills and draws), and what the map sums to",
        ["method", "drop", "scattered", "same shape elsewhere", "sum of the map", "logit", "completeness gap"],
        [.. maps.Select((map, method) => (IReadOnlyList<string>)
        [
            _names[method],
            .. Drops(outcome, method),
            Words.Number(SumOf(map.MapOf(item))),
            Words.Number(map.Predictions[item].Logits.Span[map.Targets[item]]),
            Words.Number(map.CompletenessGap?[item] ?? double.NaN),
        ])]);

    private static string[] Drops(ClipOutcome outcome, int method)
    {
        if (outcome.Controlled is null)
            return ["–", "–", "–"];
        double[] scattered = outcome.Controlled.Labelled(method, MaskControl.Scattered), matched = outcome.Controlled.Labelled(method, MaskControl.ShapeMatched);
        return [Words.Points(scattered[0]), Words.Points(scattered.Skip(1).Average()), Words.Points(matched.Skip(1).Average())];
    }

    private static double SumOf(TimeFrequencyMap map)
    {
        double sum = 0;
        foreach (float value in map.Span)
            sum += value;
        return sum;
    }

    private PageSection[] Sections(VerificationResult result)
    {
        List<PageSection> sections = [];
        if (result.Controlled is not null)
            sections.Add(VerdictSection.Create(result, result.Controlled, _options.Verification, _model.Labels));
        if (result.Notebook is not null)
            sections.Add(NotebookSection.Create(result, result.Notebook));
        if (result.Metrics.Count > 0)
            sections.Add(MetricSection.Create(result));
        if (result.Sanity is not null)
            sections.Add(SanitySection.Create(result.Sanity));
        return [.. sections];
    }

    private void WriteCharts(VerificationResult result)
    {
        if (result.Controlled is not null)
        {
            IReadOnlyList<Drawing.SvgCanvas> charts = VerdictSection.Charts(result, result.Controlled, _model.Labels);
            _files.WriteChart("efficiency", charts[0]);
            _files.WriteChart("efficiency_by_emotion", charts[1]);
        }

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
        return string.Create(CultureInfo.InvariantCulture, $"{result.Clips} clips{right} · {string.Join(", ", _names)} · {Path.GetFileName(_model.Name)}");
    }

    private KeyValuePair<string, string>[] Provenance(VerificationResult result) =>
    [
        new("Model", Path.GetFileName(_model.Name)),
        new("Model, SHA-256", result.ModelHash),
        new("Clips, SHA-256", result.CorpusHash),
        .. _options.Verification.Methods.Select((method, i) => new KeyValuePair<string, string>(i == 0 ? "Methods" : "", method.ToString())),
        new("Seed", Words.Count(_options.Verification.Seed)),
        new("AudioEmotionXai", typeof(ExplanationReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? ""),
        new("ONNX Runtime", OnnxSession.RuntimeVersion),
    ];

    private static TimeFrequencyAxes? AxesOf(EmotionModel model, Corpus corpus) =>
        model.FrontEnd is { } contract && contract.Options.MelBins == corpus.Input.Shape[^2] && contract.Options.FrameCount == corpus.Input.Shape[^1]
            ? TimeFrequencyAxes.Of(contract.Options)
            : null;
}
