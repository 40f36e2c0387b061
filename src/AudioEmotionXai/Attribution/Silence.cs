namespace AudioEmotionXai;

/// <summary>Silence map: how often a cell stays among the quietest under added noise. It never asks the model: it says where it is quiet,
/// not what the model ignores.</summary>
/// <remarks>
/// The item is scaled to 0..1; each sample adds Gaussian noise, clips, and marks the cells at or below the percentile; the map is the mean.
/// Large values mark quiet cells. The question what the model does not use is answered by smooth-saliency. Draws are NumPy's
/// <c>RandomState(seed).normal</c>, the same for every item.
/// </remarks>
[MethodId("silence")]
public sealed record Silence : AttributionMethod
{
    private readonly int _samples = 30;
    private readonly int _seed;
    private readonly double _noise = 0.03;
    private readonly double _percentile = 25;

    /// <summary>How many noisy copies; 30 by default.</summary>
    public int Samples
    {
        get => _samples;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Samples));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1_000_000, nameof(Samples));
            _samples = value;
        }
    }

    /// <summary>The noise's standard deviation as a share of the item's range; 0.03 by default.</summary>
    public double Noise
    {
        get => _noise;
        init
        {
            if (!(value >= 0) || !double.IsFinite(value))
                throw new ArgumentOutOfRangeException(nameof(Noise), value, "The noise must be a finite number, zero or more.");
            _noise = value;
        }
    }

    /// <summary>Which part of the cells counts as quiet in each copy, 0 to 100; 25 by default.</summary>
    public double Percentile
    {
        get => _percentile;
        init
        {
            if (!(value is >= 0 and <= 100))
                throw new ArgumentOutOfRangeException(nameof(Percentile), value, "Expected 0 to 100.");
            _percentile = value;
        }
    }

    /// <summary>The seed of the noise, zero or more; 0 by default.</summary>
    public int Seed
    {
        get => _seed;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Seed));
            _seed = value;
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
        for (int item = 0; item < request.Items; item++)
        {
            double[] map = QuietCells.Map(request.Input.Item(item).Span, Samples, Noise, Percentile, (uint)Seed, request.CancellationToken);
            Span<float> target = maps.Item(item).Span;
            for (int i = 0; i < target.Length; i++)
                target[i] = (float)map[i];
            request.Report(item + 1, request.Items);
        }

        return new AttributionOutcome { Map = maps };
    }
}
