namespace AudioEmotionXai.Evaluation;

/// <summary>Explains and masks a batch of clips.</summary>
internal sealed class BatchMeasurer(AudioClassifier model, Corpus corpus, Explainer explainer, VerificationOptions options)
{
    private readonly MethodTraits[] _traits = options.Traits();
    private readonly InputGrid _grid = InputGrid.Of(corpus.Input);

    /// <summary>Measures consecutive clips.</summary>
    public ClipOutcome[] Measure(int start, int count, CancellationToken cancellationToken)
    {
        FloatTensor input = corpus.Input.Items(start, count);
        Explanation[][] explanations = explainer.OfBatch(start, count, cancellationToken);
        MaskedBatch batch = Classifier.Of(model).CollectProbabilities(input.Shape, cancellationToken);
        ControlledMasking masking = new(options.Controlled, _grid, options.Seed);
        ClipOutcome[] outcomes = new ClipOutcome[count];
        for (int i = 0; i < count; i++)
        {
            float[][] maps = [.. explanations[i].Select(explanation => InputGrid.MapOf(explanation).Span.ToArray())];
            outcomes[i] = MeasureClip(batch, masking, input.Item(i).Span, maps, start + i, explanations[i][0].Prediction);
        }

        return outcomes;
    }

    private ClipOutcome MeasureClip(
        MaskedBatch batch,
        ControlledMasking masking,
        ReadOnlySpan<float> sample,
        float[][] maps,
        int clip,
        Prediction prediction) =>
        new()
        {
            Clip = clip,
            Truth = corpus.Truths?[clip] ?? -1,
            Predicted = prediction.Index,
            Probability = prediction.Probability,
            Notebook = options.Protocols.HasFlag(VerificationProtocols.Notebook) ? MeasureNotebook(batch, sample, maps, prediction) : [],
            Controlled = options.Protocols.HasFlag(VerificationProtocols.Controlled)
                ? masking.Measure(batch, sample, _traits, maps, clip, prediction.Index, prediction.Probability)
                : null,
        };

    private NotebookDrop[] MeasureNotebook(MaskedBatch batch, ReadOnlySpan<float> sample, float[][] maps, Prediction prediction)
    {
        bool[][] masks = [.. maps.Select((map, method) => NotebookMask.Choose(map, _traits[method].NotebookMask))];
        return NotebookProtocol.Measure(batch, sample, masks, prediction.Index, prediction.Probability, (uint)options.Seed);
    }
}
