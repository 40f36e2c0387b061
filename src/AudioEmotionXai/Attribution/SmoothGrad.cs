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
public sealed record SmoothGrad : AttributionMethod
{
    private readonly int _samples = 25;
    private readonly float _noise = 0.1f;
    private readonly int _seed;

    /// <summary>The method whose maps are averaged; gradient by default.</summary>
    public AttributionMethod Inner { get; init; } = new Gradient();

    /// <summary>The number of noisy copies; 25 by default.</summary>
    public int Samples
    {
        get => _samples;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Samples));
            _samples = value;
        }
    }

    /// <summary>The noise's standard deviation as a share of the item's largest minus smallest value; 0.1 by default.</summary>
    public float Noise
    {
        get => _noise;
        init
        {
            if (!(value >= 0) || !float.IsFinite(value))
                throw new ArgumentOutOfRangeException(nameof(Noise), value, "The noise must be a finite number, zero or more.");
            _noise = value;
        }
    }

    /// <summary>How the maps become one: mean (default), square or variance.</summary>
    public NoiseReduction Reduce { get; init; }

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
    public override MapMeaning Meaning => Reduce == NoiseReduction.Mean ? Inner.Meaning : MapMeaning.Positive;

    /// <inheritdoc/>
    public override bool UsesModel => Inner.UsesModel;

    /// <inheritdoc/>
    public override bool UsesTarget => Inner.UsesTarget;

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        ArgumentNullException.ThrowIfNull(Inner);
        Inner.Validate();
    }

    /// <inheritdoc/>
    protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
    {
        int[] targets = request.Targets;
        int batch = Math.Min(request.Model.BatchSize, Samples);
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
                    moments.Add(item, maps.Item(i).Span);
                request.Report((start * request.Items) + ((item + 1) * count), request.Items * Samples);
            }
        }

        return new AttributionOutcome { Map = moments!.Reduce(Reduce, Samples) };
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
