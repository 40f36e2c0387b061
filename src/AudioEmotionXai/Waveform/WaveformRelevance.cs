namespace AudioEmotionXai;

/// <summary>What every sample of a clip meant to a decision, and sums of it over seconds and hertz.
/// <see cref="WaveformAttribution.AttributeClip"/> makes it.</summary>
public sealed class WaveformRelevance
{
    private readonly LogMelOptions _options;
    private readonly int _item;
    private readonly Lazy<TimeFrequencyMap> _spectrum;

    internal WaveformRelevance(AttributionResult result, int item, ReadOnlyMemory<float> samples, LogMelOptions options)
    {
        Result = result;
        _item = item;
        Samples = samples;
        _options = options;
        _spectrum = new Lazy<TimeFrequencyMap>(MakeSpectrum);
    }

    /// <summary>The method's result: predictions, target, warnings, details.</summary>
    public AttributionResult Result { get; }

    /// <summary>The samples as the model heard them.</summary>
    public ReadOnlyMemory<float> Samples { get; }

    /// <summary>The relevance of every sample.</summary>
    public ReadOnlyMemory<float> PerSample => Result.Map.Item(_item).Memory;

    /// <summary>Samples a second.</summary>
    public int SampleRate => _options.SampleRate;

    /// <summary>The relevance of stretches of time, one after the other.</summary>
    /// <param name="step">The length of a stretch in seconds, at least one sample; 0.05 by default.</param>
    /// <returns>Sums, and the middle of each stretch in seconds.</returns>
    public RelevanceProfile PerSecond(double step = 0.05)
    {
        if (!(step * SampleRate >= 1) || !double.IsFinite(step))
            throw new ArgumentOutOfRangeException(
                nameof(step), step, FormattableString.Invariant($"A stretch lasts at least one sample, which is {1.0 / SampleRate} s."));
        ReadOnlySpan<float> relevance = PerSample.Span;
        int stretches = (int)Math.Ceiling(relevance.Length / (step * SampleRate));
        double[] sums = new double[stretches];
        for (int i = 0; i < relevance.Length; i++)
            sums[Math.Min((int)(i / (step * SampleRate)), stretches - 1)] += relevance[i];
        return new RelevanceProfile(sums, step / 2, step);
    }

    /// <summary>The relevance of every line of the front end's spectrum, summed over time.</summary>
    /// <returns>Sums, and the frequency of each line in Hz.</returns>
    /// <exception cref="InvalidOperationException">The method says how sensitive the score is, and shares nothing out.</exception>
    public RelevanceProfile PerHertz()
    {
        TimeFrequencyMap spectrum = _spectrum.Value;
        double[] sums = new double[spectrum.Bins];
        for (int line = 0; line < sums.Length; line++)
            foreach (float value in spectrum.Row(line))
                sums[line] += value;
        return new RelevanceProfile(sums, 0, (double)SampleRate / _options.FftSize);
    }

    /// <summary>The relevance of every spectral line (row; as many Hz apart as the front end's FFT has them) and frame (column; centred on
    /// multiples of the hop).</summary>
    /// <remarks>
    /// The samples' relevance is taken on to short-time spectra with an inverse transform as a virtual layer; it stays as much as it is.
    /// Vielhaben et al. 2024, arXiv:2211.03457.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The method says how sensitive the score is, and shares nothing out.</exception>
    public TimeFrequencyMap Spectrum() => _spectrum.Value;

    /// <summary>The relevance of the front end's mel bins (rows) and frames (columns), as a model of spectrograms would have it.</summary>
    /// <remarks>
    /// A spectral line's relevance goes to the mel bins in proportion to their weights for it, that of a line in no bin to the nearest
    /// one; a frame's goes to the front end's frame of the same time. It stays as much as it is. Where the method says how sensitive the
    /// score is, and shares nothing out, the map tells when and not at which frequency: each frame has the magnitudes of the samples
    /// nearest to its centre, in all bins alike.
    /// </remarks>
    public TimeFrequencyMap ToMel() => ToMel(Result.Method, Samples.Span, PerSample.Span, _options);

    /// <summary>The same of one clip's samples and their relevance.</summary>
    internal static TimeFrequencyMap ToMel(
        AttributionMethod method, ReadOnlySpan<float> samples, ReadOnlySpan<float> relevance, LogMelOptions options)
    {
        double[] sums = new double[options.MelBins * options.FrameCount];
        if (method.ShareBaseline is not null)
            AddLines(new ShortTimeRelevance(options).From(samples, relevance), options, sums);
        else
            AddMagnitudes(relevance, options, sums);
        return new TimeFrequencyMap(Array.ConvertAll(sums, sum => (float)sum), options.MelBins, options.FrameCount);
    }

    private static void AddLines(TimeFrequencyMap lines, LogMelOptions options, double[] sums)
    {
        MelFilterBank filters = new(options);
        double[] column = new double[lines.Bins], bins = new double[options.MelBins];
        for (int frame = 0; frame < lines.Frames; frame++)
        {
            for (int line = 0; line < column.Length; line++)
                column[line] = lines[line, frame];
            filters.Share(column, bins);
            int target = FrameAt((double)frame * options.HopLength, options);
            for (int bin = 0; bin < bins.Length; bin++)
                sums[(bin * options.FrameCount) + target] += bins[bin];
        }
    }

    private static void AddMagnitudes(ReadOnlySpan<float> relevance, LogMelOptions options, double[] sums)
    {
        for (int i = 0; i < relevance.Length; i++)
            sums[FrameAt(i, options)] += Math.Abs(relevance[i]) / options.MelBins;
        for (int bin = 1; bin < options.MelBins; bin++)
            Array.Copy(sums, 0, sums, bin * options.FrameCount, options.FrameCount);
    }

    /// <summary>The front end's frame whose centre is nearest to a sample.</summary>
    private static int FrameAt(double sample, LogMelOptions options)
    {
        return (int)Math.Clamp(Math.Round((sample - options.FirstCentre) / options.HopLength), 0, options.FrameCount - 1);
    }

    private TimeFrequencyMap MakeSpectrum() =>
        Result.Method.ShareBaseline is not null
            ? new ShortTimeRelevance(_options).From(Samples.Span, PerSample.Span)
            : throw new InvalidOperationException(
                $"The method '{Result.Method}' says how sensitive the score is to samples; to share relevance out over frequencies takes "
                    + $"one whose map is shares of the score, such as input-x-gradient, integrated-gradients or lrp.");
}

/// <summary>Relevance along one axis, in equal steps: seconds, or hertz.</summary>
/// <param name="Values">The sums of relevance.</param>
/// <param name="First">Where the first one stands, in the axis's unit.</param>
/// <param name="Step">From one to the next.</param>
public sealed record RelevanceProfile(ReadOnlyMemory<double> Values, double First, double Step)
{
    /// <summary>Where a value stands, in the axis's unit.</summary>
    /// <param name="index">0 to the number of values - 1.</param>
    public double PositionOf(int index) => First + (index * Step);
}

/// <summary>Explains a recording sample by sample.</summary>
public static class WaveformAttribution
{
    /// <summary>Explains a clip by any method that a model of samples can be given to: gradients, path and noise methods, LRP.</summary>
    /// <param name="method">The method with its options; values are in units of samples, so a smooth-grad wants far less noise than on a
    /// spectrogram.</param>
    /// <param name="model">A model of samples, as <see cref="WaveformModel.WithWaveformInput"/> makes it.</param>
    /// <param name="clip">The clip: resampled, cut or filled with zeros as the model's front end says.</param>
    /// <param name="target">The class to explain; the predicted one by default.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">The model takes no samples, or the method's options do not fit.</exception>
    public static WaveformRelevance AttributeClip(
        this AttributionMethod method,
        AudioClassifier model,
        AudioClip clip,
        ClassTarget? target = null,
        IProgress<AttributionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clip);
        if (!model.TakesSamples)
            throw new ArgumentException(
                $"The model {model.Name} takes spectrograms; one that takes samples was expected, as WithWaveformInput makes it.",
                nameof(model));
        FloatTensor samples = model.ToInput(clip);
        return new WaveformRelevance(
            method.Attribute(model, samples, target, progress, cancellationToken), item: 0, samples.Memory,
            model.FrontEnd!.OptionsFor(samples.Shape[^1]));
    }
}
