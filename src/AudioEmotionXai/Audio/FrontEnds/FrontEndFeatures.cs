namespace AudioEmotionXai;

/// <summary>What a front end makes of one clip: a matrix of bins x frames, or samples. <see cref="InputLayout.Lay"/> puts it into a
/// tensor.</summary>
/// <remarks>The buffer is held, not copied.</remarks>
public sealed class FrontEndFeatures
{
    private FrontEndFeatures(Memory<float> values, int bins, int frames, bool areSamples)
    {
        Values = values;
        Bins = bins;
        Frames = frames;
        AreSamples = areSamples;
    }

    /// <summary>The values: a bin's frames together, or samples in order of time.</summary>
    public Memory<float> Values { get; }

    /// <summary>The number of rows, lowest frequency first; 1 for samples.</summary>
    public int Bins { get; }

    /// <summary>The number of frames; of samples, where <see cref="AreSamples"/>.</summary>
    public int Frames { get; }

    /// <summary>Whether these are samples rather than bins x frames.</summary>
    public bool AreSamples { get; }

    /// <summary>Features of bins x frames.</summary>
    /// <param name="map">The values.</param>
    public static FrontEndFeatures Of(TimeFrequencyMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new FrontEndFeatures(map.Memory, map.Bins, map.Frames, areSamples: false);
    }

    /// <summary>Samples.</summary>
    /// <param name="samples">At least one.</param>
    public static FrontEndFeatures OfSamples(Memory<float> samples)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length);
        return new FrontEndFeatures(samples, 1, samples.Length, areSamples: true);
    }

    /// <summary>The matrix; samples are one row.</summary>
    public TimeFrequencyMap ToMap() => new(Values, Bins, Frames);

    /// <summary>How many there are, in words: "80 bins x 3000 frames".</summary>
    public override string ToString() => AreSamples
        ? FormattableString.Invariant($"{Frames} samples")
        : FormattableString.Invariant($"{Bins} bins x {Frames} frames");
}
