namespace AudioEmotionXai;

/// <summary>A method that draws at random: so many samples, from a seed of its own at every call.</summary>
public abstract record SampledMethod : AttributionMethod
{
    private const int MostSamples = 1_000_000;
    private readonly int _samples;
    private readonly int _seed;

    private protected SampledMethod(int samples, int seed = 0) => (_samples, _seed) = (samples, seed);

    /// <summary>How many masks, coalitions or noisy copies are drawn for an item, at most 1000000.</summary>
    /// <exception cref="ArgumentException">The number is out of range.</exception>
    public int Samples
    {
        get => _samples;
        init
        {
            Guard.Require(value >= LeastSamples && value <= MostSamples, nameof(Samples), value, $"{LeastSamples} to {MostSamples}");
            _samples = value;
        }
    }

    /// <summary>The seed of all draws, zero or more.</summary>
    /// <exception cref="ArgumentException">The seed is negative.</exception>
    public int Seed
    {
        get => _seed;
        init
        {
            Guard.Require(value >= 0, nameof(Seed), value, "0 or more");
            _seed = value;
        }
    }

    private protected virtual int LeastSamples => 1;
}

/// <summary>A sampled method that hides and shows segments, and gives each segment one value: LIME and KernelSHAP.</summary>
public abstract record SegmentMethod : SampledMethod
{
    private const int MostSegments = 4096;

    private static readonly Segmenter s_default = new GridSegmenter();

    private protected SegmentMethod()
        : base(samples: 1000, seed: 42)
    {
    }

    /// <summary>What is hidden and shown: grid:8x12 (default), slic:segments,compactness,sigma, content, time:N, or an .npy file of
    /// labels. Of samples the default hides twelfths of the clip; of numbers without order, each.</summary>
    public Segmenter Segments { get; init; } = s_default;

    /// <summary>What a hidden segment looks like: segment-mean (default), mean, min or a number.</summary>
    public Hiding Hide { get; init; }

    /// <summary>Which number is explained: probability (default) or logit.</summary>
    public ClassScore Score { get; init; } = ClassScore.Probability;

    /// <summary>What hidden segments hold; the item's mean stands for segments that are hidden behind their own mean.</summary>
    public override Baseline? ShareBaseline => Hide.Baseline ?? Baseline.Mean;

    /// <inheritdoc/>
    public override bool IsSegmentBased => true;

    private protected override int LeastSamples => 2;

    /// <inheritdoc/>
    protected internal override void Validate() => ArgumentNullException.ThrowIfNull(Segments);

    internal override void ThrowIfUnfit(AudioClassifier model)
    {
        base.ThrowIfUnfit(model);
        ItemGeometry.ThrowIfUnfit(model);
    }

    private protected SegmentMap SegmentsOf(ItemGeometry geometry, FloatTensor item)
    {
        Segmenter segmenter = geometry.IsVector && Segments == s_default
            ? new GridSegmenter { Rows = geometry.Bins, Columns = 1 }
            : Segments;
        SegmentMap segments = segmenter.Segment(geometry.MeanPlane(item.Span));
        return segments.Count <= MostSegments
            ? segments
            : throw new ArgumentException(
                FormattableString.Invariant(
                    $"There are {segments.Count} segments ({Segments}); {GetType().Name} takes at most {MostSegments}."));
    }
}
