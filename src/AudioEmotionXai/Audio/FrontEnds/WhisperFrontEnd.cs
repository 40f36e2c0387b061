using System.Text.Json.Serialization;

namespace AudioEmotionXai;

/// <summary>What Whisper's encoder takes: log10 of mel energies, the quietest 8 decades below the loudest cell held there:
/// (<see cref="MelBins"/> x 3000 frames of 10 ms).</summary>
/// <remarks>
/// <para>16 kHz, filled with zeros or cut to 30 s; FFT 400, hop 160, periodic Hann, frames centred, the signal mirrored at both ends, the
/// last frame dropped; power; Slaney mel scale and norm, 0 to 8 kHz. A value is <c>(max(log10(max(e, 1e-10)), largest - 8) + 4) / 4</c>,
/// the largest being that of the clip.</para>
/// <para>A. Radford et al. 2022, arXiv:2212.04356, and the public <c>whisper.audio.log_mel_spectrogram</c>; 80 bins, 128 from large-v3
/// on.</para>
/// </remarks>
public sealed record WhisperFrontEnd : FrontEnd
{
    /// <summary>The number of mel bins, 1 to 1024: the public models have 80 (the default) or 128.</summary>
    [JsonPropertyName("mels")]
    public int MelBins { get; init; } = 80;

    /// <summary>How many seconds are heard; null for any length. Default 30.</summary>
    public double? Seconds { get; init; } = 30;

    /// <inheritdoc/>
    public override string Kind => "whisper";

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"whisper:{MelBins}");

    /// <inheritdoc/>
    public override int SampleRate => 16000;

    /// <inheritdoc/>
    public override int? SampleCount => FrontEndLength.SamplesOf(Seconds, SampleRate);

    /// <inheritdoc/>
    public override string Unit => "(log10 + 4) / 4";

    /// <inheritdoc/>
    public override LogMelOptions Spectrum => For(MostSamples);

    /// <inheritdoc/>
    public override void Validate()
    {
        Guard.Require(MelBins is >= 1 and <= 1024, nameof(MelBins), MelBins, "1 to 1024");
        FrontEndLength.Validate(Seconds, SampleRate);
        Spectrum.Validate();
    }

    internal override string Emit(FrontEndNodes nodes, string samples, int count) =>
        new LogMelGraph(nodes, For(count)).Normalized(samples, Mean, Deviation);

    // Ten decibels are a decade: (dB / 10 + 4) / 4
    private const double Mean = -40, Deviation = 40;

    private protected override FrontEnd Resized(int? length) =>
        this with { Seconds = length is { } frames ? (double)For(16000).ForFrames(frames).SampleCount / SampleRate : null };

    private protected override int Length(int samples) => For(Math.Max(SampleCount ?? samples, 400)).FrameCount;

    private protected override FrontEndFeatures Features(ReadOnlySpan<float> samples, CancellationToken cancellationToken) =>
        FrontEndFeatures.Of(LogMel(samples, For(Math.Max(SampleCount ?? samples.Length, 400)), Mean, Deviation, cancellationToken));

    private LogMelOptions For(int samples) => new()
    {
        SampleRate = SampleRate,
        Seconds = (double)samples / SampleRate,
        FftSize = 400,
        HopLength = 160,
        DropsLastFrame = true,
        Padding = SignalPadding.Reflect,
        MelBins = MelBins,
        MaximumFrequency = 8000,
        Reference = DecibelReference.One,
        TopDecibels = 80,
    };
}
