namespace AudioEmotionXai.Evaluation;

/// <summary>What verification needs of a model: scores for a batch. A seam, so that tests can put models with known answers behind
/// it.</summary>
/// <param name="Probabilities">(N, …) to (N, classes), rows summing to 1.</param>
/// <param name="Logits">(N, …) to (N, classes), before the softmax.</param>
internal sealed record Classifier(
    Func<FloatTensor, CancellationToken, FloatTensor> Probabilities,
    Func<FloatTensor, CancellationToken, FloatTensor> Logits)
{
    private const int MostAtOnce = 48;

    /// <summary>How many items may be collected for one call; 48 by default.</summary>
    public int ItemsAtOnce { get; init; } = MostAtOnce;

    /// <summary>A trained model, asked for as many items at once as its memory bound allows.</summary>
    public static Classifier Of(AudioClassifier model) =>
        new(model.Values, model.Logits) { ItemsAtOnce = Math.Min(model.BatchSize, MostAtOnce) };

    /// <summary>Collects copies of a clip for their probabilities.</summary>
    public MaskedBatch CollectProbabilities(ReadOnlySpan<int> shape, CancellationToken cancellationToken) =>
        new(Probabilities, ItemsAtOnce, shape, cancellationToken);

    /// <summary>Collects copies of a clip for their log-odds.</summary>
    public MaskedBatch CollectLogOdds(ReadOnlySpan<int> shape, CancellationToken cancellationToken) =>
        new(Logits, ItemsAtOnce, shape, cancellationToken, (logits, target) => (float)LogOdds.Of(logits, target));

    /// <summary>Collects copies of a clip for their logits.</summary>
    public MaskedBatch CollectLogits(ReadOnlySpan<int> shape, CancellationToken cancellationToken) =>
        new(Logits, ItemsAtOnce, shape, cancellationToken);
}
