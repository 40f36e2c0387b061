using System.Text.Json.Serialization;

namespace AudioEmotionXai;

/// <summary>What YAMNet takes (VGGish alike): logarithms of mel magnitudes in patches of 0.96 s: (64 x 96 frames of 10 ms). Models have it
/// as frames x bins (<c>n t f</c>, or <c>n t f c</c>).</summary>
/// <remarks>
/// <para>16 kHz; frames of 400 samples every 160, whole ones only, none centred; periodic Hann; FFT 512; magnitude; triangles that are
/// straight in HTK's mel and peak at 1, 125 Hz to 7.5 kHz; <c>ln(x + 0.001)</c>. A clip is filled with zeros to one patch, and beyond
/// that, where <see cref="Frames"/> is null, to a whole number of patches that begin every 48 frames, which
/// <see cref="PatchesOf"/> cuts out.</para>
/// <para>M. Plakal and D. Ellis: YAMNet, TensorFlow Model Garden (<c>features.py</c>, <c>params.py</c>); S. Hershey et al. 2017,
/// arXiv:1609.09430.</para>
/// </remarks>
public sealed record YamnetFrontEnd : FrontEnd
{
    /// <summary>The frames of a patch.</summary>
    public const int PatchFrames = 96;

    /// <summary>The frames from one patch to the next.</summary>
    public const int PatchHop = 48;

    /// <summary>The number of mel bins, 1 to 1024. Default 64.</summary>
    [JsonPropertyName("mels")]
    public int MelBins { get; init; } = 64;

    /// <summary>The number of frames: 96 (the default) for the first patch alone; null for all that the clip has.</summary>
    public int? Frames { get; init; } = PatchFrames;

    /// <summary>What is added before the logarithm, above 0. Default 0.001; VGGish has 0.01.</summary>
    public double Offset { get; init; } = 0.001;

    /// <inheritdoc/>
    public override string Kind => "yamnet";

    /// <inheritdoc/>
    public override int SampleRate => 16000;

    /// <inheritdoc/>
    public override int? SampleCount => Frames is { } frames ? SamplesOf(frames) : null;

    /// <inheritdoc/>
    public override string Unit => "ln";

    /// <inheritdoc/>
    public override LogMelOptions Spectrum => For(MostSamples);

    /// <inheritdoc/>
    public override void Validate()
    {
        Guard.Require(MelBins is >= 1 and <= 1024, nameof(MelBins), MelBins, "1 to 1024");
        Guard.Require(Frames is null or (>= 1 and <= 60000), nameof(Frames), Frames, "1 to 60000, or null for any length");
        Guard.Require(Offset > 0 && double.IsFinite(Offset), nameof(Offset), Offset, "above 0");
        Spectrum.Validate();
    }

    /// <summary>The patches of a clip's features, in order of time.</summary>
    /// <param name="features">The features of a front end with <see cref="Frames"/> null.</param>
    /// <exception cref="ArgumentException">They have fewer than 96 frames.</exception>
    public static IReadOnlyList<FrontEndFeatures> PatchesOf(FrontEndFeatures features)
    {
        ArgumentNullException.ThrowIfNull(features);
        Guard.Require(!features.AreSamples && features.Frames >= PatchFrames, nameof(features), features, "at least 96 frames");
        TimeFrequencyMap whole = features.ToMap();
        List<FrontEndFeatures> patches = [];
        for (int first = 0; first + PatchFrames <= whole.Frames; first += PatchHop)
        {
            TimeFrequencyMap patch = new(whole.Bins, PatchFrames);
            for (int bin = 0; bin < whole.Bins; bin++)
                whole.Row(bin).Slice(first, PatchFrames).CopyTo(patch.Row(bin));
            patches.Add(FrontEndFeatures.Of(patch));
        }

        return patches;
    }

    internal override string Emit(FrontEndNodes nodes, string samples, int count)
    {
        if (Frames is { } frames && count < SamplesOf(frames))
        {
            samples = nodes.Add("Pad", "silence", [samples, nodes.Integers("silence.pads", 0, 0, 0, SamplesOf(frames) - count)]);
            count = SamplesOf(frames);
        }

        string mel = new LogMelGraph(nodes, For(count)).Mel(samples);
        return nodes.Add("Log", "log", [nodes.Add("Add", "offset", [mel, nodes.Scalar("offset.value", Offset)])]);
    }

    private protected override FrontEnd Resized(int? length) => this with { Frames = length };

    private protected override int Length(int samples) => For(Padded(samples)).FrameCount;

    private protected override FrontEndFeatures Features(ReadOnlySpan<float> samples, CancellationToken cancellationToken)
    {
        LogMelOptions options = For(Padded(samples.Length));
        double[] mel = MelSpectrum.For(options).Of(samples, options.SampleCount, cancellationToken);
        return FrontEndFeatures.Of(
            new TimeFrequencyMap(Array.ConvertAll(mel, x => (float)Math.Log(x + Offset)), MelBins, options.FrameCount));
    }

    private static int SamplesOf(int frames) => 400 + ((frames - 1) * 160);

    private int Padded(int samples)
    {
        if (SampleCount is { } fixedCount)
            return fixedCount;
        int patch = SamplesOf(PatchFrames), hop = PatchHop * 160;
        return patch + ((Math.Max(0, samples - patch) + hop - 1) / hop * hop);
    }

    private LogMelOptions For(int samples) => LogMelOptions.FramesOf25Milliseconds(samples) with
    {
        Power = 1,
        MelBins = MelBins,
        MinimumFrequency = 125,
        MaximumFrequency = 7500,
    };
}
