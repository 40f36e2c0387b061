namespace AudioEmotionXai;

/// <summary>Samples as they are, at a rate: for models whose own first layers hear.</summary>
public sealed record SamplesFrontEnd : FrontEnd
{
    /// <summary>Samples a second. Default 16000.</summary>
    public int Rate { get; init; } = 16000;

    /// <summary>How many seconds are heard: longer clips are cut, shorter ones filled with zeros; null, the default, for any
    /// length.</summary>
    public double? Seconds { get; init; }

    /// <inheritdoc/>
    public override string Kind => "none";

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"none:{Rate}");

    /// <inheritdoc/>
    public override int SampleRate => Rate;

    /// <inheritdoc/>
    public override int? SampleCount => FrontEndLength.SamplesOf(Seconds, Rate);

    /// <inheritdoc/>
    public override bool GivesSamples => true;

    /// <inheritdoc/>
    public override int Bins => 1;

    /// <inheritdoc/>
    public override string Unit => "sample";

    /// <inheritdoc/>
    public override LogMelOptions Spectrum => FrontEndLength.CellsOf(MostSamples, Rate);

    /// <inheritdoc/>
    public override void Validate()
    {
        AudioClip.ThrowIfOutOfRange(Rate, nameof(Rate));
        FrontEndLength.Validate(Seconds, Rate);
    }

    internal override string Emit(FrontEndNodes nodes, string samples, int count) => nodes.Add("Identity", "samples", [samples]);

    private protected override FrontEnd Resized(int? length) => this with { Seconds = length / (double)Rate };

    private protected override int Length(int samples) => SampleCount ?? Math.Max(1, samples);

    private protected override FrontEndFeatures Features(ReadOnlySpan<float> samples, CancellationToken cancellationToken) =>
        FrontEndFeatures.OfSamples(FrontEndLength.Filled(samples, Length(samples.Length)));
}

/// <summary>What wav2vec 2.0, HuBERT and WavLM take: samples with mean 0 and variance 1.</summary>
/// <remarks>
/// <para><c>(x - mean) / sqrt(variance + 1e-7)</c> over the clip, variance of the population; 16 kHz. Silence gives zeros.</para>
/// <para>A. Baevski et al. 2020, arXiv:2006.11477; the public feature extractors of the three.</para>
/// </remarks>
public sealed record Wav2Vec2FrontEnd : FrontEnd
{
    private const double Least = 1e-7;

    /// <summary>Samples a second. Default 16000.</summary>
    public int Rate { get; init; } = 16000;

    /// <summary>How many seconds are heard; null, the default, for any length.</summary>
    public double? Seconds { get; init; }

    /// <summary>Where <see cref="Seconds"/> are more than the clip has: whether the zeros that fill it count in mean and variance, as for
    /// models without an attention mask (the default, true), or are put behind the normalised clip.</summary>
    public bool NormalizesFill { get; init; } = true;

    /// <inheritdoc/>
    public override string Kind => "wav2vec2";

    /// <inheritdoc/>
    public override int SampleRate => Rate;

    /// <inheritdoc/>
    public override int? SampleCount => FrontEndLength.SamplesOf(Seconds, Rate);

    /// <inheritdoc/>
    public override bool GivesSamples => true;

    /// <inheritdoc/>
    public override int Bins => 1;

    /// <inheritdoc/>
    public override string Unit => "z-score";

    /// <inheritdoc/>
    public override LogMelOptions Spectrum => FrontEndLength.CellsOf(MostSamples, Rate);

    /// <inheritdoc/>
    public override void Validate()
    {
        AudioClip.ThrowIfOutOfRange(Rate, nameof(Rate));
        FrontEndLength.Validate(Seconds, Rate);
    }

    internal override string Emit(FrontEndNodes nodes, string samples, int count)
    {
        string centred = nodes.Add("Sub", "centred", [samples, nodes.Reduce("ReduceMean", samples, "mean", [1], keep: true)]);
        string squares = nodes.Add("Mul", "squares", [centred, centred]);
        string variance = nodes.Reduce("ReduceMean", squares, "variance", [1], keep: true);
        string deviation = nodes.Add("Sqrt", "deviation", [nodes.Add("Add", "kept", [variance, nodes.Scalar("least", Least)])]);
        return nodes.Add("Div", "normalized", [centred, deviation]);
    }

    private protected override FrontEnd Resized(int? length) => this with { Seconds = length / (double)Rate };

    private protected override int Length(int samples) => SampleCount ?? Math.Max(1, samples);

    private protected override FrontEndFeatures Features(ReadOnlySpan<float> samples, CancellationToken cancellationToken)
    {
        float[] filled = FrontEndLength.Filled(samples, Length(samples.Length));
        Normalize(NormalizesFill ? filled : filled.AsSpan(0, Math.Max(1, samples.Length)));
        return FrontEndFeatures.OfSamples(filled);
    }

    private static void Normalize(Span<float> samples)
    {
        double sum = 0, squares = 0;
        foreach (float x in samples)
            sum += x;
        double mean = sum / samples.Length;
        foreach (float x in samples)
            squares += (x - mean) * (x - mean);
        double deviation = Math.Sqrt((squares / samples.Length) + Least);
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (float)((samples[i] - mean) / deviation);
    }
}

/// <summary>Lengths of clips, in seconds and samples.</summary>
internal static class FrontEndLength
{
    public static int? SamplesOf(double? seconds, int rate) => seconds is { } given ? (int)Math.Round(given * rate) : null;

    public static void Validate(double? seconds, int rate) => Guard.Require(
        seconds is null or (> 0 and <= FrontEnd.LongestSeconds) && SamplesOf(seconds, rate) is null or >= 1, "Seconds", seconds,
        $"above 0, at most {FrontEnd.LongestSeconds}, at least one sample, or null for any length");

    public static float[] Filled(ReadOnlySpan<float> samples, int count)
    {
        float[] filled = new float[count];
        samples[..Math.Min(samples.Length, count)].CopyTo(filled);
        return filled;
    }

    /// <summary>Mel cells in which the relevance of samples is shown: 64 Slaney bins, frames of 32 ms or so every 10 ms.</summary>
    public static LogMelOptions CellsOf(int samples, int rate)
    {
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, rate / 40));
        return new LogMelOptions
        {
            SampleRate = rate,
            Seconds = (double)samples / rate,
            FftSize = size,
            HopLength = Math.Max(1, rate / 100),
            MelBins = rate >= 8000 ? 64 : 20,
            MaximumFrequency = rate / 2.0,
        };
    }
}
