namespace AudioEmotionXai;

/// <summary>Smoothed absolute gradients: high where the model reacts, low where it does not look; the model's own answer to what a silence
/// map guesses.</summary>
/// <remarks>
/// The mean of |gradient| over noisy copies; its low cells are those that the model does not use. The model-based sibling of the silence
/// map, which only says where it is quiet. Costs samples x a gradient. Smilkov et al., "SmoothGrad", arXiv:1706.03825.
/// </remarks>
[MethodId("smooth-saliency")]
public sealed record SmoothSaliency : AttributionMethod
{
    private readonly SmoothGrad _smoothing = new() { Inner = new Saliency() };

    /// <summary>The number of noisy copies; 25 by default.</summary>
    public int Samples
    {
        get => _smoothing.Samples;
        init => _smoothing = _smoothing with { Samples = value };
    }

    /// <summary>The noise's standard deviation as a share of the item's largest minus smallest value; 0.1 by default.</summary>
    public float Noise
    {
        get => _smoothing.Noise;
        init => _smoothing = _smoothing with { Noise = value };
    }

    /// <summary>The seed of the noise; 0 by default.</summary>
    public int Seed
    {
        get => _smoothing.Seed;
        init => _smoothing = _smoothing with { Seed = value };
    }

    /// <inheritdoc/>
    public override MapMeaning Meaning => MapMeaning.Positive;

    /// <inheritdoc/>
    protected internal override AttributionOutcome AttributeCore(AttributionRequest request) => _smoothing.AttributeCore(request);
}
