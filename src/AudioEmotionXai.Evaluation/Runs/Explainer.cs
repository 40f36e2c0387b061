namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Explains a corpus's clips with every method, in the run's batches whoever asks, and keeps the first batches: masking, metrics and the
/// page then show the same maps, and a costly method is not run twice for them. Maps of the corpus stand behind those of the methods.
/// </summary>
internal sealed class Explainer(AudioClassifier model, Corpus corpus, IReadOnlyList<AttributionMethod> methods, int batchSize)
{
    private const long MostKeptValues = 16 << 20;

    private readonly Dictionary<int, Explanation[]> _kept = [];
    private readonly long _mostKept = MostKeptValues / Math.Max(1, corpus.Input.Length / corpus.Count * methods.Count);
    private readonly InputGrid _grid = InputGrid.Of(corpus.Input);

    /// <summary>The explainer of a run.</summary>
    /// <exception cref="ArgumentException">The model does not take the corpus's clips.</exception>
    public static Explainer For(AudioClassifier model, Corpus corpus, VerificationOptions options)
    {
        model.CheckInput(corpus.Input);
        return new(model, corpus, options.Methods, options.BatchSize);
    }

    /// <summary>The explanations of consecutive clips: by clip, then method.</summary>
    public Explanation[][] OfBatch(int start, int count, CancellationToken cancellationToken)
    {
        FloatTensor input = corpus.Input.Items(start, count);
        Prediction[] predictions = model.Predict(input, cancellationToken);
        ClassTarget target = ClassTarget.PerItem([.. predictions.Select(prediction => prediction.Index)]);
        AttributionResult[] results =
        [
            .. methods.Select(method => method.Attribute(model, input, target, cancellationToken: cancellationToken)),
        ];
        Explanation[][] explanations = new Explanation[count][];
        for (int i = 0; i < count; i++)
        {
            explanations[i] = [.. results.Select(result => result[i]), .. corpus.Maps.Select(map => Foreign(map, start + i))];
            if (_kept.Count < _mostKept)
                _kept[start + i] = explanations[i];
        }

        return explanations;
    }

    /// <summary>The explanations of one clip, by method.</summary>
    public Explanation[] OfClip(int clip, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(clip, out Explanation[]? kept))
            return kept;
        int start = clip - (clip % batchSize);
        return OfBatch(start, Math.Min(batchSize, corpus.Count - start), cancellationToken)[clip - start];
    }

    private Explanation Foreign(CorpusMap map, int clip) =>
        Explanation.FromMap(model, corpus.Input.Items(clip, 1), map.MapOf(clip, _grid), map.Meaning, origin: map.Name);
}
