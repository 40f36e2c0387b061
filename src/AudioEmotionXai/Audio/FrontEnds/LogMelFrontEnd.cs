using System.Text.Json.Serialization;

namespace AudioEmotionXai;

/// <summary>A log-mel spectrogram in dB, less the mean of the training data and divided by its standard deviation: (bins x
/// frames).</summary>
/// <remarks>As librosa's <c>feature.melspectrogram</c> and <c>power_to_db</c>: B. McFee et al. 2015, doi:10.25080/Majora-7b98e3ed-003; see
/// <see cref="LogMelOptions"/> for every constant.</remarks>
/// <param name="Options">The constants of the spectrogram.</param>
/// <param name="Mean">In dB. Default 0.</param>
/// <param name="StandardDeviation">In dB, above 0. Default 1, which with a mean of 0 leaves dB as they are.</param>
public sealed record LogMelFrontEnd(LogMelOptions Options, double Mean = 0, double StandardDeviation = 1) : FrontEnd
{
    /// <summary>Whether clips are heard as long as they are, whatever <see cref="LogMelOptions.Seconds"/> says. Default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AnyLength { get; init; }

    /// <inheritdoc/>
    public override string Kind => "log-mel";

    /// <inheritdoc/>
    public override int SampleRate => Options.SampleRate;

    /// <inheritdoc/>
    public override int? SampleCount => AnyLength ? null : Options.SampleCount;

    /// <inheritdoc/>
    public override string Unit => Mean == 0 && StandardDeviation == 1 ? "dB" : "z-score";

    /// <inheritdoc/>
    public override LogMelOptions Spectrum => Options.ForSamples(MostSamples);

    /// <inheritdoc/>
    public override void Validate()
    {
        Options.Validate();
        Guard.Require(double.IsFinite(Mean), nameof(Mean), Mean, "a finite number");
        Guard.Require(StandardDeviation > 0 && double.IsFinite(StandardDeviation), nameof(StandardDeviation), StandardDeviation, "above 0");
    }

    internal override string Emit(FrontEndNodes nodes, string samples, int count) =>
        new LogMelGraph(nodes, Options.ForSamples(count)).Normalized(samples, Mean, StandardDeviation);

    private protected override FrontEnd Resized(int? length) =>
        length is { } frames ? this with { Options = Options.ForFrames(frames), AnyLength = false } : this with { AnyLength = true };

    private protected override int Length(int samples) => For(samples).FrameCount;

    private protected override FrontEndFeatures Features(ReadOnlySpan<float> samples, CancellationToken cancellationToken) =>
        FrontEndFeatures.Of(LogMel(samples, For(samples.Length), Mean, StandardDeviation, cancellationToken));

    private LogMelOptions For(int samples) => AnyLength ? Options.ForSamples(Math.Max(samples, Options.LeastSamples)) : Options;
}
