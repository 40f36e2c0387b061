namespace AudioEmotionXai;

/// <summary>
/// Reads WAV files into mono clips: PCM of 8, 16, 24 and 32 bits, float of 32 and 64, any number of channels (averaged), plain and
/// extensible headers, RIFF and RF64, chunks in any order.
/// </summary>
/// <remarks>
/// The file is walked chunk by chunk. Files whose writer never came back to fill in the sizes (RIFF size 0 or 0xFFFFFFFF) are read to
/// their end; any other size that is larger than the file is an error. Nothing is allocated for bytes that are not there.
/// </remarks>
public static class WavReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="AudioFormatException">The file is not a WAV file of a kind that is read, or is damaged; the message names file,
    /// chunk and offset.</exception>
    public static AudioClip Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(stream, path);
    }

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">Stands at the first byte; need not be seekable.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="AudioFormatException">The stream is not a WAV file of a kind that is read, or is damaged; the message names it,
    /// chunk and offset.</exception>
    public static AudioClip Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (WaveFormat format, byte[] data) = new RiffWalker(stream, name).FindFormatAndData();
        float[] samples = WaveSamples.ToMono(data, format);
        if (samples.Length == 0)
            throw new AudioFormatException($"{name}: chunk 'data' holds no sample.");
        int wrong = FiniteCheck.IndexOfNotFinite(samples);
        if (wrong >= 0)
            throw new AudioFormatException(
                FormattableString.Invariant($"{name}: chunk 'data': sample {wrong} is {samples[wrong]}; expected a finite number."));
        return new AudioClip(samples, format.SampleRate);
    }
}
