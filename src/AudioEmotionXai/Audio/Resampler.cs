using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>
/// Brings a clip to another sample rate by band-limited interpolation: a Kaiser-windowed sinc over 64 zero crossings on either side,
/// evaluated at the phases that the two rates' ratio needs. Passes up to 0.9 of the lower half rate, rejects 90 dB and more beyond it.
/// </summary>
/// <remarks>J. O. Smith: Digital Audio Resampling, https://ccrma.stanford.edu/~jos/resample/. Other resamplers differ in their filters, so
/// samples agree with theirs to about -60 dB, not exactly.</remarks>
public static class Resampler
{
    /// <summary>The clip at another rate; the same clip where the rate is the same.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="sampleRate">The wanted rate in Hz.</param>
    public static AudioClip Resample(AudioClip clip, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, AudioClip.MaximumSampleRate);
        if (clip.SampleRate == sampleRate || clip.Samples.IsEmpty)
            return new AudioClip(clip.Samples, sampleRate);
        long length = (((long)clip.Samples.Length * sampleRate) + clip.SampleRate - 1) / clip.SampleRate;
        if (length > Array.MaxLength)
            throw new ArgumentException(
                FormattableString.Invariant($"{clip.Samples.Length} samples at {clip.SampleRate} Hz are too many at {sampleRate} Hz."),
                nameof(clip));
        float[] target = new float[length];
        Interpolate(clip.Samples.Span, target, new ResamplingFilter(clip.SampleRate, sampleRate));
        return new AudioClip(target, sampleRate);
    }

    private static void Interpolate(ReadOnlySpan<float> source, Span<float> target, ResamplingFilter filter)
    {
        float[] padded = new float[source.Length + (2 * filter.HalfLength)];
        source.CopyTo(padded.AsSpan(filter.HalfLength));
        for (int i = 0; i < target.Length; i++)
        {
            long position = (long)i * filter.Step;
            int whole = (int)(position / filter.Phases);
            ReadOnlySpan<float> taps = filter.Taps((int)(position % filter.Phases));
            target[i] = TensorPrimitives.Dot(taps, padded.AsSpan(whole + 1, taps.Length));
        }
    }
}
