namespace AudioEmotionXai.Evaluation;

/// <summary>Explains and masks a batch of clips.</summary>
internal sealed class BatchMeasurer : IDisposable
{
    private readonly AudioClassifier _model;
    private readonly Corpus _corpus;
    private readonly Explainer _explainer;
    private readonly VerificationOptions _options;
    private readonly VerificationRows _rows;
    private readonly RandomNetworks _random;
    private readonly InputGrid _grid;

    public BatchMeasurer(AudioClassifier model, Corpus corpus, Explainer explainer, VerificationOptions options, VerificationRows rows)
    {
        _model = model;
        _corpus = corpus;
        _explainer = explainer;
        _options = options;
        _rows = rows;
        _random = new RandomNetworks(model, options.Controlled.RandomNetworks ? options.Methods : [], options.Seed);
        _grid = InputGrid.Of(corpus.Input);
    }

    private bool IsControlled => _options.Protocols.HasFlag(VerificationProtocols.Controlled);

    /// <summary>Measures consecutive clips.</summary>
    public ClipOutcome[] Measure(int start, int count, CancellationToken cancellationToken)
    {
        FloatTensor input = _corpus.Input.Items(start, count);
        if ((_options.Protocols & (VerificationProtocols.Notebook | VerificationProtocols.Controlled)) == 0)
            return [.. _model.Predict(input, cancellationToken).Select((prediction, i) => OutcomeOf(start + i, prediction, []))];
        Explanation[][] explanations = _explainer.OfBatch(start, count, cancellationToken);
        ClassTarget target = ClassTarget.PerItem([.. explanations.Select(maps => maps[0].Prediction.Index)]);
        float[][][] random = IsControlled ? _random.MapsOf(input, target, start / _options.BatchSize, cancellationToken) : [];
        MaskedBatch probabilities = Classifier.Of(_model).CollectProbabilities(input.Shape, cancellationToken),
            logOdds = Classifier.Of(_model).CollectLogOdds(input.Shape, cancellationToken);
        ClipOutcome[] outcomes = new ClipOutcome[count];
        for (int i = 0; i < count; i++)
            outcomes[i] = MeasureClip(
                start + i, input.Item(i).Span, explanations[i], IsControlled ? random[i] : [], probabilities, logOdds);
        return outcomes;
    }

    /// <summary>Closes the random networks.</summary>
    public void Dispose() => _random.Dispose();

    private ClipOutcome MeasureClip(
        int clip, ReadOnlySpan<float> sample, Explanation[] explanations, float[][] random, MaskedBatch probabilities, MaskedBatch logOdds)
    {
        Prediction prediction = explanations[0].Prediction;
        float[][] maps = [.. explanations.Select(explanation => InputGrid.MapOf(explanation).Span.ToArray())];
        ClipOutcome outcome = OutcomeOf(clip, prediction, maps);
        outcome = outcome with
        {
            Notebook = _options.Protocols.HasFlag(VerificationProtocols.Notebook)
                ? MeasureNotebook(probabilities, sample, maps, outcome)
                : [],
            Controlled = IsControlled
                ? MeasureControlled(logOdds, sample, [.. maps, _grid.LoudnessOf(sample), .. random], outcome, prediction)
                : null,
        };
        return outcome is { Undefined: "", Controlled.IsFinite: false }
            ? outcome with { Undefined = "the model's answer to a masked copy is not finite" }
            : outcome;
    }

    private ClipOutcome OutcomeOf(int clip, Prediction prediction, float[][] maps) => new()
    {
        Clip = clip,
        Truth = _corpus.Truths?[clip] ?? -1,
        Predicted = prediction.Index,
        Probability = prediction.Value,
        Undefined = WhyUndefined(prediction, maps),
    };

    private string WhyUndefined(Prediction prediction, float[][] maps)
    {
        if (!float.IsFinite(prediction.Value))
            return "the model's answer is not finite";
        int map = Array.FindIndex(maps, values => !Array.TrueForAll(values, float.IsFinite));
        return map < 0 ? "" : $"the map of {_rows.Measured[map].Name} is not finite";
    }

    private ClipDrops MeasureControlled(
        MaskedBatch batch, ReadOnlySpan<float> sample, float[][] maps, ClipOutcome outcome, Prediction prediction)
    {
        if (outcome.Undefined.Length > 0)
            return new ClipDrops(_options.Controlled.LayoutOf(_rows.All.Count, _rows.Controlled));
        ControlledMasking masking = new(_options.Controlled, _grid, _rows.All, _rows.Controlled, _options.Seed);
        return masking.Measure(
            batch, sample, maps, outcome.Clip, outcome.Predicted, LogOdds.Of(prediction.Logits.Span, outcome.Predicted));
    }

    private NotebookDrop[] MeasureNotebook(MaskedBatch batch, ReadOnlySpan<float> sample, float[][] maps, ClipOutcome outcome)
    {
        if (outcome.Undefined.Length > 0)
            return [.. maps.Select(_ => new NotebookDrop(0, float.NaN, float.NaN))];
        bool[][] masks = [.. maps.Select((map, row) => NotebookMask.Choose(map, _rows.Measured[row].NotebookMask))];
        return NotebookProtocol.Measure(batch, sample, masks, outcome.Predicted, outcome.Probability, (uint)_options.Seed);
    }
}
