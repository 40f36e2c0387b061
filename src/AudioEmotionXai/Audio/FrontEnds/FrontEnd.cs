namespace AudioEmotionXai;

/// <summary>
/// How a recording becomes what a model takes: a rate, a length, and features of every frame, or samples. A closed family of values:
/// <see cref="LogMelFrontEnd"/>, <see cref="WhisperFrontEnd"/>, <see cref="AstFrontEnd"/>, <see cref="Wav2Vec2FrontEnd"/>,
/// <see cref="YamnetFrontEnd"/>, <see cref="MfccFrontEnd"/> and <see cref="SamplesFrontEnd"/>.
/// </summary>
/// <remarks>
/// Each follows the public definition of its kind; every constant that models differ in is data. Features are float32, worked out in
/// double precision. Thread-safe, as values are.
/// </remarks>
/// <example><code>
/// FrontEndFeatures features = FrontEnd.Parse("whisper:128").Extract(WavReader.Read("clip.wav"));
/// FloatTensor input = InputLayout.Parse("n f t").Lay(features);
/// </code></example>
public abstract record FrontEnd
{
    /// <summary>The most seconds of a clip that a front end of any length takes; what comes after is not heard. 600.</summary>
    public const double LongestSeconds = 600;

    private protected FrontEnd()
    {
    }

    /// <summary>What texts and files call the kind: <c>log-mel</c>, <c>whisper</c>, <c>ast</c>, <c>wav2vec2</c>, <c>yamnet</c>,
    /// <c>mfcc</c> or <c>none</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>A short name that <see cref="Parse"/> reads, such as <c>whisper:80</c>; it has the sizes, not every constant.</summary>
    public virtual string Name => Kind;

    /// <summary>Samples a second; a clip with another rate is resampled.</summary>
    public abstract int SampleRate { get; }

    /// <summary>How many samples are heard: longer clips are cut, shorter ones filled as the kind says. Null for any length up to
    /// <see cref="LongestSeconds"/>.</summary>
    public abstract int? SampleCount { get; }

    /// <summary>How many seconds are heard; null for any length up to <see cref="LongestSeconds"/>.</summary>
    public double? HeardSeconds => SampleCount is { } count ? (double)count / SampleRate : null;

    /// <summary>Whether the model takes samples rather than bins x frames.</summary>
    public virtual bool GivesSamples => false;

    /// <summary>The rows of the features; 1 for samples.</summary>
    public virtual int Bins => Spectrum.MelBins;

    /// <summary>What the values are measured in, for the legend of a picture.</summary>
    public abstract string Unit { get; }

    /// <summary>The log-mel cells that stand for the features, for as much as is heard (<see cref="LongestSeconds"/> where that is any
    /// length): those that the front end computes on its way; where it gives samples, those in which their relevance is shown.</summary>
    public abstract LogMelOptions Spectrum { get; }

    /// <summary>The same front end for a model whose time axis has a length.</summary>
    /// <param name="length">Frames, or samples where <see cref="GivesSamples"/>; null where the axis is free, so that clips are heard as
    /// long as they are.</param>
    /// <exception cref="ArgumentException">It is below 1, or too long.</exception>
    public FrontEnd WithLength(int? length)
    {
        Guard.Require(length is null or >= 1, nameof(length), length, "at least 1, or null for any length");
        FrontEnd changed = Resized(length);
        changed.Validate();
        return changed;
    }

    /// <summary>The length of the features of a clip: frames, or samples where <see cref="GivesSamples"/>.</summary>
    /// <param name="samples">How many samples the clip has at <see cref="SampleRate"/>; 0 or more.</param>
    public int LengthOf(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        return Length(Math.Min(samples, MostSamples));
    }

    /// <summary>The features of a clip: resampled where its rate differs, cut or filled to what is heard.</summary>
    /// <param name="clip">The clip, of any rate and length.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns><see cref="Bins"/> x <see cref="LengthOf"/> values, or samples.</returns>
    /// <exception cref="ArgumentException">A constant of the front end is out of range.</exception>
    public FrontEndFeatures Extract(AudioClip clip, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        Validate();
        AudioClip heard = Resampler.Resample(clip, SampleRate, MostSamples, cancellationToken);
        return Features(heard.Samples.Span, cancellationToken);
    }

    /// <summary>What rows and columns of the features stand for; null for samples.</summary>
    /// <param name="frames">The number of frames, as the features have it.</param>
    public virtual TimeFrequencyAxes? AxesOf(int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        return GivesSamples ? null : TimeFrequencyAxes.Of(Spectrum.ForFrames(frames)).WithFrames(frames);
    }

    /// <summary>The layout of a model's input that these features fit, and the front end with the length that the input asks
    /// for.</summary>
    /// <param name="shape">The input's axes, items first; -1 where a length is free.</param>
    /// <param name="fitted">This front end with the length of the input's time axis. A log-mel front end names its length: it stays as it
    /// is where the axis is free, and has to agree where it is not.</param>
    /// <param name="layout">The axes' meaning: (n c f t), (n c t f), (n f t c), (n t f c), (n f t), (n t f), (n s) or (n c s); of several
    /// that fit, the first whose length this front end has already, else the first.</param>
    /// <returns>Whether one fits.</returns>
    public bool TryFit(
        IReadOnlyList<int> shape,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FrontEnd? fitted,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out InputLayout? layout)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return FrontEndFit.TryFit(this, shape, out fitted, out layout);
    }

    /// <summary>Checks every constant.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it, its value and the range.</exception>
    public abstract void Validate();

    /// <summary>Reads a front end's short text, or a file.</summary>
    /// <param name="text"><c>whisper</c>, <c>whisper:128</c> (mel bins), <c>ast</c>, <c>ast:512</c> (frames), <c>wav2vec2</c>,
    /// <c>yamnet</c>, <c>mfcc</c>, <c>mfcc:40</c> (coefficients), <c>mfcc:40:16000</c> (and rate), <c>none:16000</c> (rate),
    /// <c>log-mel</c>, or the path of a .json file.</param>
    /// <exception cref="ArgumentException">It is none of these; the message lists them.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">The file cannot be read; the message names file and property.</exception>
    public static FrontEnd Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return FrontEndParser.Parse(text);
    }

    /// <summary>Reads a front end from JSON: an object with <c>kind</c> and what differs from that kind's defaults, or a log-mel contract
    /// without <c>kind</c>.</summary>
    /// <param name="json">Such as <c>{"kind": "whisper", "mels": 80}</c>; members <c>labels</c> and <c>shape</c> are skipped.</param>
    /// <param name="source">What messages call it: a file, or a model.</param>
    /// <exception cref="ModelFormatException">A property is unknown, repeated or out of range; the message names it.</exception>
    public static FrontEnd FromJson(string json, string source)
    {
        ArgumentNullException.ThrowIfNull(json);
        return FrontEndJson.ParseKind(json, source);
    }

    /// <summary>The front end as JSON, which <see cref="FromJson"/> reads back as an equal value.</summary>
    public string ToJson() => FrontEndJson.Write(this);

    /// <summary>The most samples of a clip that are heard.</summary>
    internal int MostSamples => SampleCount ?? (int)(LongestSeconds * SampleRate);

    /// <summary>The features as a graph: the name of a tensor (N, bins, frames), or (N, samples).</summary>
    /// <param name="nodes">Receives the nodes.</param>
    /// <param name="samples">The tensor of samples (N, samples).</param>
    /// <param name="count">How many they are; no more than are heard.</param>
    internal abstract string Emit(FrontEndNodes nodes, string samples, int count);

    private protected abstract FrontEnd Resized(int? length);

    private protected abstract int Length(int samples);

    private protected abstract FrontEndFeatures Features(ReadOnlySpan<float> samples, CancellationToken cancellationToken);

    /// <summary>A log-mel spectrogram of as many samples as there are, or the least that have a frame; dB, normalised.</summary>
    private protected static TimeFrequencyMap LogMel(
        ReadOnlySpan<float> samples, LogMelOptions options, double mean, double deviation, CancellationToken cancellationToken)
    {
        TimeFrequencyMap map = new LogMelExtractor(options).Decibels(samples, cancellationToken);
        if (mean != 0 || deviation != 1)
            FrontEndContract.Normalize(map.Span, map.Span, mean, deviation);
        return map;
    }
}
