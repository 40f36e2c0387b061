using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>SmoothGrad: another method's maps of noisy copies of the input, averaged: what the method says of the neighbourhood.</summary>
/// <remarks>
/// Every item sees the same noise pattern, drawn from the seed at each call, scaled by the item's own range; so a batch gives what the
/// items give one by one. Costs samples x the inner method. Smilkov et al., arXiv:1706.03825 (mean, square); Adebayo et al.,
/// arXiv:1810.03307 (variance). The noise's scale follows the paper and zennit (a share of max - min), not captum's absolute one;
/// all samples are noisy.
/// </remarks>
[MethodId("smooth-grad")]
public sealed record SmoothGrad() : SampledMethod(samples: 25)
{
    private readonly float _noise = 0.1f;

    /// <summary>The method whose maps are averaged; gradient by default.</summary>
    public AttributionMethod Inner { get; init; } = new Gradient();

    /// <summary>The noise's standard deviation as a share of the item's largest minus smallest value; 0.1 by default.</summary>
    public float Noise
    {
        get => _noise;
        init
        {
            Guard.Require(value >= 0 && float.IsFinite(value), nameof(Noise), value, "0 or more");
            _noise = value;
        }
    }

    /// <summary>How the maps become one: mean (default), square or variance.</summary>
    public NoiseReduction Reduce { get; init; }

    /// <inheritdoc/>
    public override MapMeaning Meaning => Reduce == NoiseReduction.Mean ? Inner.Meaning : MapMeaning.Positive;

    /// <inheritdoc/>
    public override bool UsesModel => Inner.UsesModel;

    /// <inheritdoc/>
    public override bool UsesTarget => Inner.UsesTarget;

    /// <inheritdoc/>
    public override Baseline? ShareBaseline => Reduce == NoiseReduction.Mean ? Inner.ShareBaseline : null;

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        ArgumentNullException.ThrowIfNull(Inner);
        Inner.Validate();
    }

    internal override void ThrowIfUnfit(AudioClassifier model) => Inner.ThrowIfUnfit(model);

    /// <inheritdoc/>
    protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
    {
        int[] targets = request.Targets;
        int batch = Math.Min(request.Model.BatchSizeFor(request.Input), Samples);
        FloatTensor noise = new([batch, .. request.Input.Shape[1..]]);
        FloatTensor noisy = new(noise.Shape);
        NumPyRandom random = new((uint)Seed);
        MapMoments? moments = null;
        // All items share the noise, so each draw serves them all
        for (int start = 0; start < Samples; start += batch)
        {
            int count = Math.Min(batch, Samples - start);
            foreach (ref float value in noise.Items(0, count).Span)
                value = (float)random.Normal();
            for (int item = 0; item < request.Items; item++)
            {
                AddNoise(request.Input.Item(item).Span, noise, noisy, count);
                int[] sampleTargets = new int[count];
                sampleTargets.AsSpan().Fill(targets[item]);
                FloatTensor maps = Inner.AttributeCore(request.With(noisy.Items(0, count), sampleTargets)).Map;
                moments ??= new MapMoments([request.Items, .. maps.Shape[1..]]);
                for (int i = 0; i < count; i++)
                    moments.Add(item, maps.Item(i).Span, isEven: (start + i) % 2 == 0);
                request.Report((start * request.Items) + ((item + 1) * count), request.Items * Samples);
            }
        }

        return new AttributionOutcome
        {
            Map = moments!.Reduce(Reduce, Samples),
            HalfAgreement = moments.CompareHalves(Reduce, Samples),
        };
    }

    private void AddNoise(ReadOnlySpan<float> input, FloatTensor noise, FloatTensor noisy, int count)
    {
        float scale = Noise * (TensorPrimitives.Max(input) - TensorPrimitives.Min(input));
        for (int i = 0; i < count; i++)
        {
            Span<float> target = noisy.Item(i).Span;
            TensorPrimitives.Multiply(noise.Item(i).Span, scale, target);
            TensorPrimitives.Add(target, input, target);
        }
    }
}

/// <summary>Smoothed absolute gradients: high where the model reacts, low where it does not look; the model's own answer to what a silence
/// map guesses.</summary>
/// <remarks>
/// The mean of |gradient| over noisy copies; its low cells are those that the model does not use. The model-based sibling of the silence
/// map, which only says where it is quiet. Costs samples x a gradient. Smilkov et al., "SmoothGrad", arXiv:1706.03825.
/// </remarks>
[MethodId("smooth-saliency")]
public sealed record SmoothSaliency() : SampledMethod(samples: 25)
{
    private readonly float _noise = 0.1f;

    /// <summary>The noise's standard deviation as a share of the item's largest minus smallest value; 0.1 by default.</summary>
    public float Noise
    {
        get => _noise;
        init
        {
            Guard.Require(value >= 0 && float.IsFinite(value), nameof(Noise), value, "0 or more");
            _noise = value;
        }
    }

    /// <inheritdoc/>
    public override MapMeaning Meaning => MapMeaning.Positive;

    private SmoothGrad Smoothing => new() { Inner = new Saliency(), Samples = Samples, Noise = Noise, Seed = Seed };

    internal override void ThrowIfUnfit(AudioClassifier model) => Smoothing.ThrowIfUnfit(model);

    /// <inheritdoc/>
    protected internal override AttributionOutcome AttributeCore(AttributionRequest request) => Smoothing.AttributeCore(request);
}

/// <summary>How the maps of noisy copies become one.</summary>
public enum NoiseReduction
{
    /// <summary>Their mean: SmoothGrad.</summary>
    Mean,

    /// <summary>The mean of their squares: SmoothGrad-Squared.</summary>
    Square,

    /// <summary>Their variance, divided by the number of samples: VarGrad.</summary>
    Variance,
}
