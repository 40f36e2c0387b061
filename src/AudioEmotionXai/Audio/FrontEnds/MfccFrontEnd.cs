using System.Text.Json.Serialization;

namespace AudioEmotionXai;

/// <summary>Mel-frequency cepstral coefficients: the orthonormal DCT-II of every frame of a log-mel spectrogram in dB, of which the first
/// <see cref="Count"/> are kept: (coefficients x frames).</summary>
/// <remarks>
/// <para>With B bins: <c>c_k = s_k sum_b x_b cos(pi k (b + 1/2) / B)</c>, <c>s_0 = sqrt(1/B)</c>, otherwise <c>sqrt(2/B)</c>. The default
/// constants are those of librosa's <c>feature.mfcc</c>: 22050 Hz, FFT 2048, hop 512, periodic Hann, centred with zeros, power, 128 Slaney
/// mel bins to half the rate, dB of at least 1e-10, none more than 80 dB below the loudest. No lifter, no deltas.</para>
/// <para>S. B. Davis and P. Mermelstein 1980, doi:10.1109/TASSP.1980.1163420.</para>
/// </remarks>
public sealed record MfccFrontEnd : FrontEnd
{
    /// <summary>How many coefficients are kept, 1 to the number of mel bins. Default 20; 13 and 40 are usual too.</summary>
    public int Count { get; init; } = 20;

    /// <summary>The constants of the spectrogram, with the seconds that are heard unless <see cref="AnyLength"/>.</summary>
    [JsonIgnore]
    public LogMelOptions Mels { get; init; } = SpectrumAt(22050);

    /// <summary>Whether clips are heard as long as they are. Default true.</summary>
    public bool AnyLength { get; init; } = true;

    /// <summary>The mean of the training data, which is taken off. Default 0.</summary>
    public double Mean { get; init; }

    /// <summary>Its standard deviation, by which is divided; above 0. Default 1.</summary>
    [JsonPropertyName("std")]
    public double StandardDeviation { get; init; } = 1;

    /// <inheritdoc/>
    public override string Kind => "mfcc";

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"mfcc:{Count}:{SampleRate}");

    /// <inheritdoc/>
    public override int SampleRate => Mels.SampleRate;

    /// <inheritdoc/>
    public override int? SampleCount => AnyLength ? null : Mels.SampleCount;

    /// <inheritdoc/>
    public override int Bins => Count;

    /// <inheritdoc/>
    public override string Unit => Mean == 0 && StandardDeviation == 1 ? "dB" : "z-score";

    /// <inheritdoc/>
    public override LogMelOptions Spectrum => Mels.ForSamples(MostSamples);

    /// <summary>librosa's constants at some rate: the defaults of a spectrogram whose mel bins reach half of it, dB against a power of
    /// 1.</summary>
    /// <param name="sampleRate">Samples a second.</param>
    public static LogMelOptions SpectrumAt(int sampleRate) =>
        new() { SampleRate = sampleRate, MaximumFrequency = sampleRate / 2.0, Reference = DecibelReference.One };

    /// <summary>The frames' seconds; rows are numbers of coefficients, which have no hertz.</summary>
    /// <param name="frames">The number of frames.</param>
    public override TimeFrequencyAxes? AxesOf(int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        return TimeFrequencyAxes.Of(Mels.ForFrames(frames)).WithFrames(frames).WithoutHertz(Count);
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        Mels.Validate();
        Guard.Require(Count >= 1 && Count <= Mels.MelBins, nameof(Count), Count, $"1 to {Mels.MelBins}, the number of mel bins");
        Guard.Require(double.IsFinite(Mean), nameof(Mean), Mean, "a finite number");
        Guard.Require(StandardDeviation > 0 && double.IsFinite(StandardDeviation), nameof(StandardDeviation), StandardDeviation, "above 0");
    }

    internal override string Emit(FrontEndNodes nodes, string samples, int count)
    {
        LogMelGraph graph = new(nodes, Mels.ForSamples(count));
        string decibels = graph.Decibels(graph.Mel(samples));
        string cosines = nodes.Floats("cosines", Array.ConvertAll(Cosines(), x => (float)x), Count, Mels.MelBins);
        string coefficients = nodes.Add("MatMul", "coefficients", [cosines, decibels]);
        return Mean == 0 && StandardDeviation == 1 ? coefficients : graph.Scaled(coefficients, Mean, StandardDeviation);
    }

    private protected override FrontEnd Resized(int? length) =>
        length is { } frames ? this with { Mels = Mels.ForFrames(frames), AnyLength = false } : this with { AnyLength = true };

    private protected override int Length(int samples) => For(samples).FrameCount;

    private protected override FrontEndFeatures Features(ReadOnlySpan<float> samples, CancellationToken cancellationToken)
    {
        TimeFrequencyMap decibels = LogMel(samples, For(samples.Length), 0, 1, cancellationToken);
        double[] cosines = Cosines(), sums = new double[decibels.Frames];
        TimeFrequencyMap coefficients = new(Count, decibels.Frames);
        for (int k = 0; k < Count; k++)
        {
            Array.Clear(sums);
            for (int bin = 0; bin < decibels.Bins; bin++)
                Add(cosines[(k * decibels.Bins) + bin], decibels.Row(bin), sums);
            for (int frame = 0; frame < sums.Length; frame++)
                coefficients[k, frame] = (float)((sums[frame] - Mean) / StandardDeviation);
        }

        return FrontEndFeatures.Of(coefficients);
    }

    private static void Add(double weight, ReadOnlySpan<float> row, double[] sums)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] += weight * row[i];
    }

    /// <summary>The transform's rows: (coefficients, bins).</summary>
    private double[] Cosines()
    {
        int bins = Mels.MelBins;
        double[] cosines = new double[Count * bins];
        for (int k = 0; k < Count; k++)
            for (int bin = 0; bin < bins; bin++)
                cosines[(k * bins) + bin] = Math.Sqrt((k == 0 ? 1.0 : 2.0) / bins) * Math.Cos(Math.PI * k * (bin + 0.5) / bins);
        return cosines;
    }

    private LogMelOptions For(int samples) => AnyLength ? Mels.ForSamples(Math.Max(samples, Mels.LeastSamples)) : Mels;
}
