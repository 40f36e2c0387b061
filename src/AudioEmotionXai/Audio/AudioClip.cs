namespace AudioEmotionXai;

/// <summary>A mono recording: samples between -1 and 1 (not enforced) at a known rate. What WAV files are read into and the front end
/// starts from.</summary>
/// <remarks>The buffer is held, not copied.</remarks>
/// <example><code>Prediction heard = model.Predict(new AudioClip(samples, sampleRate: 16000));</code></example>
public sealed class AudioClip
{
    /// <summary>The lowest sample rate that is taken for one, in Hz: below, nothing of a voice is left (its pitch alone goes to 500 Hz),
    /// and bringing it to a model's rate is all invention.</summary>
    public const int MinimumSampleRate = 1_000;

    /// <summary>The highest sample rate that is taken for one, in Hz: recorders for bats end there.</summary>
    public const int MaximumSampleRate = 1_000_000;

    /// <summary>Wraps samples.</summary>
    /// <param name="samples">The samples, all finite; none is allowed.</param>
    /// <param name="sampleRate">Samples a second, <see cref="MinimumSampleRate"/> to <see cref="MaximumSampleRate"/>.</param>
    /// <exception cref="ArgumentException">A sample is NaN or infinite, or the rate is out of range.</exception>
    public AudioClip(ReadOnlyMemory<float> samples, int sampleRate)
    {
        ThrowIfOutOfRange(sampleRate, nameof(sampleRate));
        int wrong = FiniteCheck.IndexOfNotFinite(samples.Span);
        if (wrong >= 0)
            throw new ArgumentException(
                FormattableString.Invariant($"Sample {wrong} is {samples.Span[wrong]}; expected a finite number."), nameof(samples));
        Samples = samples;
        SampleRate = sampleRate;
    }

    /// <summary>The samples in order of time.</summary>
    public ReadOnlyMemory<float> Samples { get; }

    /// <summary>Samples a second.</summary>
    public int SampleRate { get; }

    /// <summary>The length in seconds.</summary>
    public double Seconds => (double)Samples.Length / SampleRate;

    internal static bool IsRate(long sampleRate) => sampleRate is >= MinimumSampleRate and <= MaximumSampleRate;

    internal static void ThrowIfOutOfRange(int sampleRate, string name) =>
        Guard.Require(IsRate(sampleRate), name, sampleRate, RateRange);

    internal static string RateRange { get; } = FormattableString.Invariant($"{MinimumSampleRate} to {MaximumSampleRate} Hz");
}
