using System.Text.Json.Serialization;

namespace AudioEmotionXai;

/// <summary>
/// Every constant of the log-mel front end: 24 kHz, 3 s, 2048-point FFT, hop 512, periodic Hann, centred with zeros, power 2,
/// 128 Slaney mel bins from 0 to 12000 Hz, dB relative to the clip's maximum with a floor of 80 dB.
/// </summary>
/// <remarks>The defaults are librosa's (<c>feature.melspectrogram</c> and <c>power_to_db(ref=max)</c>) at 24 kHz, and give maps of 128 x
/// 141.</remarks>
public sealed record LogMelOptions
{
    /// <summary>Samples a second; a clip with another rate is resampled. Default 24000.</summary>
    public int SampleRate { get; init; } = 24000;

    /// <summary>The clip's length in seconds: longer clips are cut, shorter ones filled with zeros. Default 3.</summary>
    public double Seconds { get; init; } = 3.0;

    /// <summary>Points of the Fourier transform. Default 2048; powers of two are fastest.</summary>
    public int FftSize { get; init; } = 2048;

    /// <summary>Samples in a frame, which the window tapers and zeros fill up to <see cref="FftSize"/> (<c>win_length</c>); null, the
    /// default, for as many as the transform has points.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int? WindowLength { get; init; }

    /// <summary>Samples from frame to frame. Default 512.</summary>
    public int HopLength { get; init; } = 512;

    /// <summary>The taper of a frame. Default: periodic Hann.</summary>
    public SpectrumWindow Window { get; init; } = SpectrumWindow.HannPeriodic;

    /// <summary>Whether frame t is centred on sample t x hop (else it starts there). Default true.</summary>
    public bool Center { get; init; } = true;

    /// <summary>Whether the last frame is left out, as Whisper does. Default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DropsLastFrame { get; init; }

    /// <summary>Whether each frame loses its mean before it is tapered (Kaldi's <c>remove_dc_offset</c>). Default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RemovesFrameMean { get; init; }

    /// <summary>How much of the sample before is taken off each sample of a frame, before it is tapered: 0 (the default) to 1. The first
    /// sample of a frame loses the same share of itself, as in Kaldi.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double PreEmphasis { get; init; }

    /// <summary>What surrounds the clip when frames are centred. Default: zeros.</summary>
    public SignalPadding Padding { get; init; } = SignalPadding.Zeros;

    /// <summary>The exponent of the magnitude: 2 for power, 1 for amplitude. Default 2.</summary>
    public double Power { get; init; } = 2.0;

    /// <summary>The number of mel bins. Default 128.</summary>
    public int MelBins { get; init; } = 128;

    /// <summary>How hertz become mel. Default: Slaney.</summary>
    public MelScale MelScale { get; init; } = MelScale.Slaney;

    /// <summary>In which unit the flanks of the triangles are straight. Default: hertz.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public MelSlopes MelSlopes { get; init; }

    /// <summary>How the triangles are scaled. Default: Slaney (equal area).</summary>
    public MelNorm MelNorm { get; init; } = MelNorm.Slaney;

    /// <summary>Where the lowest triangle begins, in Hz. Default 0.</summary>
    public double MinimumFrequency { get; init; }

    /// <summary>Where the highest triangle ends, in Hz. Default 12000.</summary>
    public double MaximumFrequency { get; init; } = 12000;

    /// <summary>The power that is 0 dB. Default: the clip's maximum.</summary>
    public DecibelReference Reference { get; init; } = DecibelReference.ClipMaximum;

    /// <summary>Powers below this count as this. Default 1e-10.</summary>
    public double MinimumPower { get; init; } = 1e-10;

    /// <summary>Cells more than this many dB below the clip's maximum are raised to that floor; null for no floor. Default 80.</summary>
    public double? TopDecibels { get; init; } = 80.0;

    /// <summary>The number of samples that <see cref="Seconds"/> are at <see cref="SampleRate"/>.</summary>
    public int SampleCount => (int)Math.Round(Seconds * SampleRate);

    /// <summary>The number of frames of every spectrogram made with these options.</summary>
    public int FrameCount => FramesOf(SampleCount);

    /// <summary>The samples of one frame.</summary>
    internal int FrameLength => WindowLength ?? FftSize;

    /// <summary>How far the centre of the first frame is from the first sample.</summary>
    internal int FirstCentre => Center ? 0 : FrameLength / 2;

    /// <summary>The shortest signal that has a frame, and enough to mirror.</summary>
    internal int LeastSamples => Math.Max(
        !Center ? FrameLength : Padding == SignalPadding.Reflect ? (FrameLength / 2) + 1 : 1, DropsLastFrame ? HopLength : 1);

    /// <summary>The frames of a signal.</summary>
    internal int FramesOf(int samples) => 1 + ((Center ? samples : samples - FrameLength) / HopLength) - (DropsLastFrame ? 1 : 0);

    /// <summary>The same constants for a signal of some length.</summary>
    internal LogMelOptions ForSamples(int samples) => samples == SampleCount ? this : this with { Seconds = (double)samples / SampleRate };

    /// <summary>Frames of 25 ms every 10 ms at 16 kHz, as speech front ends have them: not centred, no floor, HTK's mel scale.</summary>
    internal static LogMelOptions FramesOf25Milliseconds(int samples) => new()
    {
        SampleRate = 16000,
        Seconds = (double)samples / 16000,
        FftSize = 512,
        WindowLength = 400,
        HopLength = 160,
        Center = false,
        MelScale = MelScale.Htk,
        MelSlopes = MelSlopes.Mel,
        MelNorm = MelNorm.None,
        Reference = DecibelReference.One,
        TopDecibels = null,
    };

    /// <summary>The same constants for the shortest signal that has some number of frames; as they are where they give it
    /// already.</summary>
    internal LogMelOptions ForFrames(int frames)
    {
        if (frames == FrameCount)
            return this;
        int hops = (frames - (DropsLastFrame ? 0 : 1)) * HopLength;
        return ForSamples(Math.Max(LeastSamples, Center ? hops : hops + FrameLength));
    }

    /// <summary>Checks every constant, and that no more than 67108864 cells (bins x frames) and an hour of sound come of them.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        AudioClip.ThrowIfOutOfRange(SampleRate, nameof(SampleRate));
        Guard.Require(
            Seconds > 0 && Seconds * SampleRate <= MaximumSamples && SampleCount >= 1, nameof(Seconds), Seconds,
            "above 0, at least one sample and at most an hour at 48 kHz");
        Guard.Require(FftSize is >= 2 and <= 1 << 20, nameof(FftSize), FftSize, "2 to 1048576");
        Guard.Require(
            WindowLength is null || (WindowLength >= 2 && WindowLength <= FftSize), nameof(WindowLength), WindowLength,
            "2 to FftSize, or null");
        Guard.Require(PreEmphasis is >= 0 and <= 1, nameof(PreEmphasis), PreEmphasis, "0 to 1");
        Guard.Require(Enum.IsDefined(MelSlopes), nameof(MelSlopes), MelSlopes, "a defined unit");
        Guard.Require(HopLength is >= 1 and <= 1 << 20, nameof(HopLength), HopLength, "1 to 1048576");
        Guard.Require(Enum.IsDefined(Window), nameof(Window), Window, "a defined window");
        Guard.Require(Enum.IsDefined(Padding), nameof(Padding), Padding, "a defined padding");
        Guard.Require(Center || SampleCount >= FrameLength, nameof(Seconds), Seconds, "at least one frame where frames are not centred");
        Guard.Require(
            Padding == SignalPadding.Zeros || !Center || SampleCount > FrameLength / 2, nameof(Seconds), Seconds,
            "more than half a frame where the clip is mirrored");
        Guard.Require(FrameCount >= 1, nameof(Seconds), Seconds, "at least one frame beside the last, which is left out");
        Guard.Require(Power > 0 && double.IsFinite(Power), nameof(Power), Power, "above 0");
        Guard.Require(MelBins is >= 1 and <= 1 << 14, nameof(MelBins), MelBins, "1 to 16384");
        Guard.Require(
            (long)MelBins * FrameCount <= MaximumCells, nameof(MelBins), MelBins,
            $"at most {MaximumCells} cells in all; {FrameCount} frames of {MelBins} bins are more");
        Guard.Require(
            (long)FrameCount * FftSize <= MaximumWork, nameof(FftSize), FftSize,
            $"at most {MaximumWork} samples in all frames; {FrameCount} frames of {FftSize} are more");
        Guard.Require(
            (long)MelBins * FftSize <= MaximumWeights, nameof(FftSize), FftSize,
            $"at most {MaximumWeights} bins x samples of a frame; {MelBins} bins are more");
        Guard.Require(Enum.IsDefined(MelScale), nameof(MelScale), MelScale, "a defined scale");
        Guard.Require(Enum.IsDefined(MelNorm), nameof(MelNorm), MelNorm, "a defined norm");
        Guard.Require(
            MinimumFrequency >= 0 && MinimumFrequency < MaximumFrequency, nameof(MinimumFrequency), MinimumFrequency,
            "0 or more, below MaximumFrequency");
        Guard.Require(MaximumFrequency <= SampleRate / 2.0, nameof(MaximumFrequency), MaximumFrequency, "at most half the sample rate");
        Guard.Require(Enum.IsDefined(Reference), nameof(Reference), Reference, "a defined reference");
        Guard.Require(MinimumPower > 0 && double.IsFinite(MinimumPower), nameof(MinimumPower), MinimumPower, "above 0");
        Guard.Require(TopDecibels is null or >= 0, nameof(TopDecibels), TopDecibels, "0 or more, or null");
    }

    private const double MaximumSamples = 48000.0 * 3600;

    // An hour at a hop of 10 ms and 186 bins
    private const long MaximumCells = 1L << 26;

    // An hour at a hop of 5 ms and frames of 2048: a minute of work
    private const long MaximumWork = 3L << 29;

    // 4096 bins of frames of 32768
    private const long MaximumWeights = 1L << 27;
}

/// <summary>The taper of one frame before its Fourier transform.</summary>
public enum SpectrumWindow
{
    /// <summary>Hann over n + 1 points without the last: the one for a Fourier transform, librosa's default.</summary>
    HannPeriodic,

    /// <summary>Hann over n points, zero at both ends: the one for filter design.</summary>
    HannSymmetric,
}

/// <summary>What stands before the first and after the last sample when frames are centred.</summary>
public enum SignalPadding
{
    /// <summary>Zeros ("constant" in NumPy and librosa).</summary>
    Zeros,

    /// <summary>The signal mirrored, without repeating its end ("reflect").</summary>
    Reflect,
}

/// <summary>The power that is 0 dB.</summary>
public enum DecibelReference
{
    /// <summary>The loudest cell of the clip: every map peaks at 0 dB.</summary>
    ClipMaximum,

    /// <summary>A power of 1.</summary>
    One,
}

/// <summary>How hertz become mel.</summary>
public enum MelScale
{
    /// <summary>Slaney's Auditory Toolbox: linear below 1 kHz (200/3 Hz a mel), logarithmic above. librosa's default.</summary>
    Slaney,

    /// <summary>HTK's formula, 2595 log10(1 + f/700).</summary>
    Htk,
}

/// <summary>In which unit the flanks of mel triangles are straight.</summary>
public enum MelSlopes
{
    /// <summary>In hertz, as in librosa and torchaudio.</summary>
    Hertz,

    /// <summary>In mel, as in HTK, Kaldi and TensorFlow (<c>linear_to_mel_weight_matrix</c>).</summary>
    Mel,
}

/// <summary>How the triangles of a mel filter bank are scaled.</summary>
public enum MelNorm
{
    /// <summary>Every triangle has the same area: divided by half its width in hertz. librosa's default.</summary>
    Slaney,

    /// <summary>Every triangle peaks at 1.</summary>
    None,
}
