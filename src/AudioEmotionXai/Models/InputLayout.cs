namespace AudioEmotionXai;

/// <summary>What an axis of a model's input stands for; each has a letter in the text of an <see cref="InputLayout"/>.</summary>
public enum InputAxis
{
    /// <summary><c>n</c>: clips of a batch.</summary>
    Items,

    /// <summary><c>c</c>: channels of an image or of a recording.</summary>
    Channels,

    /// <summary><c>f</c>: mel bins, spectral lines or coefficients, lowest first.</summary>
    Frequency,

    /// <summary><c>t</c>: frames, earliest first.</summary>
    Time,

    /// <summary><c>s</c>: samples of a recording.</summary>
    Samples,

    /// <summary><c>d</c>: numbers with no order in time or frequency, such as statistics of a clip.</summary>
    Features,
}

/// <summary>What the axes of a model's input mean, in order: <c>n c f t</c> is a batch of images of mel bins x frames, <c>n t f</c> frames
/// of mel bins each, <c>n s</c> samples. Lays features out as the model takes them.</summary>
/// <remarks>Equal where the axes are.</remarks>
public sealed record InputLayout
{
    private const string Letters = "ncftsd";

    private readonly InputAxis[] _axes;

    /// <summary>A layout of some axes.</summary>
    /// <param name="axes">Each at most once; samples beside no frequency, time or features; features beside neither frequency nor
    /// time; items, where there are any, first.</param>
    /// <exception cref="ArgumentException">The axes do not go together; the message says which.</exception>
    public InputLayout(params ReadOnlySpan<InputAxis> axes)
    {
        _axes = axes.ToArray();
        if (Problem(_axes) is { } problem)
            throw new ArgumentException($"The layout '{this}': {problem}.", nameof(axes));
    }

    /// <summary>The axes in the order of the tensor.</summary>
    public IReadOnlyList<InputAxis> Axes => _axes;

    /// <summary>Where an axis stands; -1 where the layout has none of the kind.</summary>
    /// <param name="axis">The axis.</param>
    public int IndexOf(InputAxis axis) => Array.IndexOf(_axes, axis);

    /// <summary>Reads a layout's letters: n items, c channels, f frequency, t time, s samples, d features; with or without
    /// spaces.</summary>
    /// <param name="text">Such as <c>n c f t</c>, <c>ntf</c> or <c>s</c>.</param>
    /// <exception cref="ArgumentException">A letter is none of these or stands there twice, or the axes do not go together.</exception>
    public static InputLayout Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        List<InputAxis> axes = [];
        foreach (char letter in text)
        {
            if (letter is ' ' or ',')
                continue;
            int place = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (place < 0)
                throw new ArgumentException(
                    $"The layout '{text}': '{letter}' is no axis; expected: n (items), c (channels), f (frequency), t (time), s (samples) "
                        + "or d (features).",
                    nameof(text));
            axes.Add((InputAxis)place);
        }

        return new InputLayout([.. axes]);
    }

    /// <summary>Lays one clip's features out in the order of the axes: one item, and the same in every channel.</summary>
    /// <param name="features">Mel bins x frames, or samples; they stay as they are.</param>
    /// <param name="channels">The length of the axis of channels, where there is one. Default 1.</param>
    /// <returns>A tensor with as many axes as the layout.</returns>
    /// <exception cref="ArgumentException">The layout has samples and the features have none, or the other way round.</exception>
    public FloatTensor Lay(FrontEndFeatures features, int channels = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ThrowUnlessOfKind(features);
        int[] shape = ShapeOf(features, channels);
        FloatTensor tensor = new(shape);
        int bins = features.AreSamples ? 1 : features.Bins, frames = features.Frames;
        // A missing axis has the stride 0: there is but one of it
        int[] strides = StridesOf(shape);
        int perBin = StrideOf(InputAxis.Frequency, strides);
        int perFrame = StrideOf(features.AreSamples ? InputAxis.Samples : InputAxis.Time, strides);
        ReadOnlySpan<float> source = features.Values.Span;
        Span<float> target = tensor.Span;
        for (int channel = 0; channel < channels; channel++)
        {
            int start = channel * StrideOf(InputAxis.Channels, strides);
            for (int bin = 0; bin < bins; bin++)
                for (int frame = 0; frame < frames; frame++)
                    target[start + (bin * perBin) + (frame * perFrame)] = source[(bin * frames) + frame];
        }

        return tensor;
    }

    /// <summary>Whether two layouts have the same axes in the same order.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(InputLayout? other) => other is not null && _axes.AsSpan().SequenceEqual(other._axes);

    /// <summary>A hash of the axes.</summary>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (InputAxis axis in _axes)
            hash.Add(axis);
        return hash.ToHashCode();
    }

    /// <summary>The letters, with spaces between: <c>n c f t</c>.</summary>
    public override string ToString() => string.Join(' ', _axes.Select(axis => Enum.IsDefined(axis) ? Letters[(int)axis] : '?'));

    private static string? Problem(InputAxis[] axes)
    {
        bool Has(InputAxis axis) => axes.Contains(axis);
        if (axes.Length == 0)
            return "it has no axis";
        if (axes.Any(axis => !Enum.IsDefined(axis)))
            return "an axis is not defined";
        if (axes.Distinct().Count() != axes.Length)
            return "an axis stands there twice";
        if (Array.IndexOf(axes, InputAxis.Items) > 0)
            return "items (n) stand first or not at all";
        bool plane = Has(InputAxis.Frequency) || Has(InputAxis.Time);
        if (Has(InputAxis.Samples) && (plane || Has(InputAxis.Features)))
            return "samples (s) stand beside no other axis of the sound";
        if (Has(InputAxis.Features) && plane)
            return "features (d) stand beside neither frequency (f) nor time (t)";
        return plane || Has(InputAxis.Samples) || Has(InputAxis.Features) ? null : "no axis is frequency, time, samples or features";
    }

    private void ThrowUnlessOfKind(FrontEndFeatures features)
    {
        bool Has(InputAxis axis) => IndexOf(axis) >= 0;
        if (features.AreSamples != Has(InputAxis.Samples) || Has(InputAxis.Features))
            throw new ArgumentException($"The layout is '{this}', but there are {features}.", nameof(features));
        if (!features.AreSamples && ((!Has(InputAxis.Frequency) && features.Bins > 1) || (!Has(InputAxis.Time) && features.Frames > 1)))
            throw new ArgumentException(
                $"The layout '{this}' has room for one bin or one frame, but there are {features}.", nameof(features));
    }

    private int[] ShapeOf(FrontEndFeatures features, int channels) => Array.ConvertAll(_axes, axis => axis switch
    {
        InputAxis.Items => 1,
        InputAxis.Channels => channels,
        InputAxis.Frequency => features.Bins,
        _ => features.Frames,
    });

    private static int[] StridesOf(int[] shape)
    {
        int[] strides = new int[shape.Length];
        for (int axis = shape.Length - 1, stride = 1; axis >= 0; stride *= shape[axis--])
            strides[axis] = stride;
        return strides;
    }

    private int StrideOf(InputAxis axis, int[] strides) => IndexOf(axis) is >= 0 and int place ? strides[place] : 0;
}
