namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Copies of a model with random weights, and what methods make of them: a map that says nothing about the trained model. Batches take
/// turns, so that no single draw of weights decides.
/// </summary>
internal sealed class RandomNetworks(AudioClassifier model, IReadOnlyList<AttributionMethod> methods, long seed) : IDisposable
{
    /// <summary>How many networks there are.</summary>
    public const int Count = 3;

    private const long Purpose = 41;

    private readonly AudioClassifier?[] _networks = new AudioClassifier?[Count];

    /// <summary>The methods whose maps hang on the weights; none where a model has no weights.</summary>
    public IReadOnlyList<AttributionMethod> Methods { get; } =
        WeightRandomizer.LayersFromTheHead(model.Source).Length == 0 ? [] : [.. methods.Where(method => method.UsesModel)];

    /// <summary>The maps of a batch for the classes of the trained model: by clip, then method.</summary>
    public float[][][] MapsOf(FloatTensor input, ClassTarget target, int batch, CancellationToken cancellationToken)
    {
        int items = input.Shape[0];
        if (Methods.Count == 0)
            return [.. Enumerable.Repeat(Array.Empty<float[]>(), items)];
        AudioClassifier network = _networks[batch % Count] ??= Make(batch % Count);
        AttributionResult[] results =
        [
            .. Methods.Select(method => method.Attribute(network, input, target, cancellationToken: cancellationToken)),
        ];
        return
        [
            .. Enumerable.Range(0, items).Select(item =>
                results.Select(result => InputGrid.MapOf(result[item]).Span.ToArray()).ToArray()),
        ];
    }

    /// <summary>Closes the networks.</summary>
    public void Dispose()
    {
        foreach (AudioClassifier? network in _networks)
            network?.Dispose();
    }

    private AudioClassifier Make(int index) =>
        AudioClassifier.FromOnnx(
            WeightRandomizer.Randomize(model.Source, int.MaxValue, (long)new KeyedRandom(seed, Purpose, index).NextBits()),
            model.Options);
}
