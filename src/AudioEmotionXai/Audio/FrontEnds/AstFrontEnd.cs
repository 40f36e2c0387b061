using System.Text.Json.Serialization;

namespace AudioEmotionXai;

/// <summary>What an audio spectrogram transformer takes: Kaldi's filter bank, normalised: (128 x <see cref="Frames"/> frames of 10 ms).
/// Models have it as frames x bins (<c>n t f</c>).</summary>
/// <remarks>
/// <para>16 kHz; frames of 400 samples every 160, whole ones only, none centred; each loses its mean, then 0.97 of the sample before
/// (pre-emphasis); symmetric Hann; FFT 512; power; triangles that are straight in HTK's mel and peak at 1, 20 Hz to 8 kHz; natural
/// logarithm of at least 2^-23. Clips with fewer frames are filled with 0 <em>after the logarithm and before</em> the normalisation
/// <c>(x - mean) / (2 deviation)</c>; longer ones are cut. A clip shorter than one frame is filled with zeros to one.</para>
/// <para>Y. Gong et al. 2021, arXiv:2104.01778, and its public feature extractors (<c>torchaudio.compliance.kaldi.fbank</c> with a Hann
/// window and no dither).</para>
/// </remarks>
public sealed record AstFrontEnd : FrontEnd
{
    private const double NaturalPerDecibel = 0.23025850929940457; // ln 10 / 10

    /// <summary>The number of mel bins, 1 to 1024. Default 128.</summary>
    [JsonPropertyName("mels")]
    public int MelBins { get; init; } = 128;

    /// <summary>The number of frames; null for as many as the clip has. Default 1024 (10.255 s).</summary>
    public int? Frames { get; init; } = 1024;

    /// <summary>The mean of the training data, natural logarithm. Default -4.2677393 (AudioSet).</summary>
    public double Mean { get; init; } = -4.2677393;

    /// <summary>Its standard deviation, above 0. Default 4.5689974 (AudioSet).</summary>
    [JsonPropertyName("std")]
    public double StandardDeviation { get; init; } = 4.5689974;

    /// <inheritdoc/>
    public override string Kind => "ast";

    /// <inheritdoc/>
    public override string Name => Frames is { } frames ? FormattableString.Invariant($"ast:{frames}") : Kind;

    /// <inheritdoc/>
    public override int SampleRate => 16000;

    /// <inheritdoc/>
    public override int? SampleCount => Frames is { } frames ? 400 + ((frames - 1) * 160) : null;

    /// <inheritdoc/>
    public override string Unit => "z-score / 2";

    /// <inheritdoc/>
    public override LogMelOptions Spectrum => For(MostSamples);

    /// <inheritdoc/>
    public override void Validate()
    {
        Guard.Require(MelBins is >= 1 and <= 1024, nameof(MelBins), MelBins, "1 to 1024");
        Guard.Require(Frames is null or (>= 1 and <= 60000), nameof(Frames), Frames, "1 to 60000, or null for any length");
        Guard.Require(double.IsFinite(Mean), nameof(Mean), Mean, "a finite number");
        Guard.Require(StandardDeviation > 0 && double.IsFinite(StandardDeviation), nameof(StandardDeviation), StandardDeviation, "above 0");
        Spectrum.Validate();
    }

    internal override string Emit(FrontEndNodes nodes, string samples, int count)
    {
        LogMelOptions options = For(count);
        string features = new LogMelGraph(nodes, options).Normalized(samples, MeanDecibels, DeviationDecibels);
        if (Frames is not { } frames || frames == options.FrameCount)
            return features;
        string pads = nodes.Integers("fill.pads", 0, 0, 0, 0, 0, frames - options.FrameCount);
        return nodes.Add("Pad", "fill", [features, pads, nodes.Scalar("filled", Filled)]);
    }

    private double MeanDecibels => Mean / NaturalPerDecibel;

    private double DeviationDecibels => 2 * StandardDeviation / NaturalPerDecibel;

    private float Filled => (float)(-Mean / (2 * StandardDeviation));

    private protected override FrontEnd Resized(int? length) => this with { Frames = length };

    private protected override int Length(int samples) => Frames ?? For(Math.Max(samples, 400)).FrameCount;

    private protected override FrontEndFeatures Features(ReadOnlySpan<float> samples, CancellationToken cancellationToken)
    {
        LogMelOptions options = For(Math.Max(samples.Length, 400));
        TimeFrequencyMap found = LogMel(samples, options, MeanDecibels, DeviationDecibels, cancellationToken);
        if (Frames is not { } frames || frames == found.Frames)
            return FrontEndFeatures.Of(found);
        TimeFrequencyMap filled = new(MelBins, frames);
        filled.Span.Fill(Filled);
        for (int bin = 0; bin < MelBins; bin++)
            found.Row(bin).CopyTo(filled.Row(bin));
        return FrontEndFeatures.Of(filled);
    }

    private LogMelOptions For(int samples) => LogMelOptions.FramesOf25Milliseconds(samples) with
    {
        Window = SpectrumWindow.HannSymmetric,
        RemovesFrameMean = true,
        PreEmphasis = 0.97,
        MelBins = MelBins,
        MinimumFrequency = 20,
        MaximumFrequency = 8000,
        MinimumPower = 1.1920928955078125e-07,
    };
}
