namespace AudioEmotionXai;

/// <summary>A mono recording: samples between -1 and 1 (not enforced) at a known rate. What WAV files are read into and the front end
/// starts from.</summary>
/// <remarks>The buffer is held, not copied.</remarks>
/// <example><code>Prediction heard = model.Predict(new AudioClip(samples, sampleRate: 16000));</code></example>
public sealed class AudioClip
{
    /// <summary>The highest sample rate that is taken for one, in Hz.</summary>
    public const int MaximumSampleRate = 1_000_000;

    /// <summary>Wraps samples.</summary>
    /// <param name="samples">The samples, all finite; none is allowed.</param>
    /// <param name="sampleRate">Samples a second, 1 to <see cref="MaximumSampleRate"/>.</param>
    /// <exception cref="ArgumentException">A sample is NaN or infinite, or the rate is out of range.</exception>
    public AudioClip(ReadOnlyMemory<float> samples, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, MaximumSampleRate);
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
}
