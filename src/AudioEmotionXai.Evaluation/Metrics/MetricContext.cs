namespace AudioEmotionXai.Evaluation;

/// <summary>What a metric looks at: one clip, its map, and the model.</summary>
internal sealed class MetricContext
{
    /// <summary>The clip (1, C, H, W).</summary>
    public required FloatTensor Input { get; init; }

    /// <summary>One raw value per cell.</summary>
    public required ReadOnlyMemory<float> Map { get; init; }

    /// <summary>The method's raw values, one for each of the input's; null where there is only one for each cell.</summary>
    public ReadOnlyMemory<float>? Values { get; init; }

    /// <summary>The input at which a value has no share, where the map is shares of the score; null where it is sensitivities.</summary>
    public float? ShareBaseline { get; init; }

    /// <summary>The class that the map explains.</summary>
    public required int Target { get; init; }

    /// <summary>The model.</summary>
    public required Classifier Model { get; init; }

    /// <summary>Explains changed copies (N, C, H, W) for the same class: maps, one row of cells per copy.</summary>
    public required Func<FloatTensor, CancellationToken, FloatTensor> Explain { get; init; }

    /// <summary>The method's own completeness gap; null where it has none.</summary>
    public double? CompletenessGap { get; init; }

    /// <summary>Fixes all random draws of the clip.</summary>
    public required long Seed { get; init; }

    /// <summary>Stops model runs.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>How the clip's values lie.</summary>
    public InputGrid Grid => InputGrid.Of(Input);

    /// <summary>A batch that collects the class's probability.</summary>
    public MaskedBatch Probabilities() => Model.CollectProbabilities(Input.Shape, CancellationToken);

    /// <summary>A batch that collects the class's logit.</summary>
    public MaskedBatch Logits() => Model.CollectLogits(Input.Shape, CancellationToken);

    /// <summary>The cells, most relevant (largest value) first.</summary>
    public int[] Order() => CellOrder.Descending(Map.Span, new KeyedRandom(Seed, 21));

    /// <summary>The cells in an order of removal.</summary>
    public int[] Order(RemovalOrder order)
    {
        int[] cells = Order();
        if (order == RemovalOrder.LeastRelevantFirst)
            Array.Reverse(cells);
        return cells;
    }
}
