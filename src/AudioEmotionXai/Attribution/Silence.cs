namespace AudioEmotionXai;

/// <summary>Silence map: how often a cell stays among the quietest under added noise. It never asks the model: it says where it is quiet,
/// not what the model ignores.</summary>
/// <remarks>
/// The item is scaled to 0..1; each sample adds Gaussian noise, clips, and marks the cells at or below the percentile; the map is the mean.
/// Large values mark quiet cells. The question what the model does not use is answered by smooth-saliency. Draws are NumPy's
/// <c>RandomState(seed).normal</c>, the same for every item.
/// </remarks>
[MethodId("silence")]
public sealed record Silence() : SampledMethod(samples: 30)
{
    private readonly double _noise = 0.03;
    private readonly double _percentile = 25;

    /// <summary>The noise's standard deviation as a share of the item's range; 0.03 by default.</summary>
    public double Noise
    {
        get => _noise;
        init
        {
            Guard.Require(value >= 0 && double.IsFinite(value), nameof(Noise), value, "0 or more");
            _noise = value;
        }
    }

    /// <summary>Which part of the cells counts as quiet in each copy, 0 to 100; 25 by default.</summary>
    public double Percentile
    {
        get => _percentile;
        init
        {
            Guard.Require(value is >= 0 and <= 100, nameof(Percentile), value, "0 to 100");
            _percentile = value;
        }
    }

    /// <inheritdoc/>
    public override MapMeaning Meaning => MapMeaning.Unimportance;

    /// <inheritdoc/>
    public override bool UsesModel => false;

    /// <inheritdoc/>
    protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
    {
        FloatTensor maps = new(request.Input.Shape);
        HalfMaps halves = new(request.Items, maps.Length / request.Items);
        for (int item = 0; item < request.Items; item++)
        {
            double[] map = QuietCells.Map(
                request.Input.Item(item).Span, Samples, Noise, Percentile, (uint)Seed, request.CancellationToken, halves);
            halves.Measure(item);
            Span<float> target = maps.Item(item).Span;
            for (int i = 0; i < target.Length; i++)
                target[i] = (float)map[i];
            request.Report(item + 1, request.Items);
        }

        return new AttributionOutcome { Map = maps, HalfAgreement = halves.Values };
    }
}
