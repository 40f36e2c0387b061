namespace AudioEmotionXai;

/// <summary>One clip, from wherever it is: a path, a stream, bytes, samples in memory, or a prepared tensor. Converts from each by
/// itself.</summary>
/// <remarks>
/// A recording (.wav) goes through the model's front end: its rate is changed where it differs, it is cut or filled with zeros to what the
/// model hears, and what is cut is a warning of the <see cref="Prediction"/>. A tensor, or a .npy file, is what the model takes, normalised
/// already, with one item.
/// </remarks>
/// <example><code>Prediction heard = model.Predict("clip.wav");</code></example>
public readonly struct ClipSource
{
    private readonly Func<AudioClassifier, CancellationToken, PreparedClip>? _prepare;

    private ClipSource(Func<AudioClassifier, CancellationToken, PreparedClip> prepare) => _prepare = prepare;

    /// <summary>A .wav file, or a .npy file with one item.</summary>
    /// <param name="path">The file.</param>
    public static ClipSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetExtension(path).Equals(".wav", StringComparison.OrdinalIgnoreCase)
            ? new((model, cancellation) => Read(model, () => WavSampleReader.Open(path), cancellation))
            : new((model, _) => PreparedClip.Of(model.ReadInput(path), path));
    }

    /// <summary>The bytes of a .wav file, no further than the model hears where the stream can be wound back, else to their end; the stream
    /// stays open.</summary>
    /// <param name="wav">The stream.</param>
    /// <param name="name">What messages call it.</param>
    public static ClipSource FromStream(Stream wav, string name = "The recording")
    {
        ArgumentNullException.ThrowIfNull(wav);
        return new((model, cancellation) => wav.CanSeek
            ? Read(model, () => WavSampleReader.Open(wav, name), cancellation)
            : PreparedClip.Of(model, WavReader.Read(wav, name), cancellation));
    }

    /// <summary>The bytes of a .wav file.</summary>
    /// <param name="wav">The bytes.</param>
    public static ClipSource FromBytes(byte[] wav)
    {
        ArgumentNullException.ThrowIfNull(wav);
        return new((model, cancellation) => Read(
            model, () => WavSampleReader.Open(new MemoryStream(wav, writable: false), "The recording"), cancellation));
    }

    /// <summary>Samples in memory.</summary>
    /// <param name="clip">The recording, of any rate and length.</param>
    public static ClipSource FromClip(AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return new((model, cancellation) => PreparedClip.Of(model, clip, cancellation));
    }

    /// <summary>What the model takes, one item.</summary>
    /// <param name="item">The tensor, (1,…).</param>
    public static ClipSource FromTensor(FloatTensor item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new((_, _) => PreparedClip.Of(item, "The input"));
    }

    /// <summary>See <see cref="FromFile"/>.</summary>
    public static implicit operator ClipSource(string path) => FromFile(path);

    /// <summary>See <see cref="FromStream"/>.</summary>
    public static implicit operator ClipSource(Stream wav) => FromStream(wav);

    /// <summary>See <see cref="FromBytes"/>.</summary>
    public static implicit operator ClipSource(byte[] wav) => FromBytes(wav);

    /// <summary>See <see cref="FromClip"/>.</summary>
    public static implicit operator ClipSource(AudioClip clip) => FromClip(clip);

    /// <summary>See <see cref="FromTensor"/>.</summary>
    public static implicit operator ClipSource(FloatTensor item) => FromTensor(item);

    internal PreparedClip Prepare(AudioClassifier model, CancellationToken cancellationToken = default) =>
        (_prepare ?? throw new ArgumentException("The clip's source is empty: use ClipSource.FromFile and its siblings."))(
            model, cancellationToken);

    private static PreparedClip Read(AudioClassifier model, Func<WavSampleReader> open, CancellationToken cancellationToken)
    {
        using WavSampleReader reader = open();
        return PreparedClip.Of(model, reader, cancellationToken);
    }
}

/// <summary>A clip as a model takes it, and what is to be known of the recording: what of it the model does not hear, and whether there is
/// anything to hear.</summary>
internal sealed record PreparedClip(string Name, FloatTensor Input, double? Seconds, IReadOnlyList<string> Warnings)
{
    public static PreparedClip Of(AudioClassifier model, AudioClip clip, CancellationToken cancellationToken) =>
        Of(model, clip, clip.Seconds, "The recording", cancellationToken);

    /// <summary>Reads no more of a recording than the model hears, and how long it is.</summary>
    public static PreparedClip Of(AudioClassifier model, WavSampleReader reader, CancellationToken cancellationToken)
    {
        AudioClip clip = WavReader.ReadHeard(reader, model.RequireFrontEnd(reader.Name).FrontEnd, cancellationToken);
        long count = reader.SampleCount ?? clip.Samples.Length + CountOfRest(reader, cancellationToken);
        return Of(model, clip, (double)count / reader.SampleRate, reader.Name, cancellationToken);
    }

    public static PreparedClip Of(FloatTensor input, string name) =>
        input.Shape[0] == 1
            ? new PreparedClip(name, input, null, [])
            : throw new ArgumentException(
                FormattableString.Invariant($"{name} holds {input.Shape[0]} clips; one was expected. Give a batch as a tensor instead."));

    /// <summary>What of a recording is not heard, and whether what is heard is silence.</summary>
    public static IReadOnlyList<string> WarningsFor(AudioClip clip, double heard) => WarningsFor(clip, clip.Seconds, heard);

    // A stream that cannot be wound back tells its length at its end
    private static long CountOfRest(WavSampleReader reader, CancellationToken cancellationToken)
    {
        long count = 0;
        float[] rest = new float[1 << 16];
        for (int read = rest.Length; read > 0; count += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read = reader.Read(rest);
        }

        return count;
    }

    private static PreparedClip Of(AudioClassifier model, AudioClip clip, double seconds, string name, CancellationToken cancellationToken)
    {
        FloatTensor input = model.ToInput(clip, name, cancellationToken);
        double heard = Math.Min(seconds, model.FrontEnd!.FrontEnd.HeardSeconds ?? FrontEnd.LongestSeconds);
        return new PreparedClip(name, input, heard, WarningsFor(clip, seconds, heard));
    }

    private static List<string> WarningsFor(AudioClip clip, double seconds, double heard)
    {
        List<string> warnings = [];
        if (seconds > heard + (1.0 / clip.SampleRate))
            warnings.Add(FormattableString.Invariant($"the clip is {seconds:0.00} s long; the model hears its first {heard:0.00} s"));
        ReadOnlySpan<float> samples = clip.Samples.Span[..(int)Math.Min(clip.Samples.Length, Math.Ceiling(heard * clip.SampleRate))];
        if (samples.IsEmpty)
            warnings.Add("there is no sound: the clip has no samples");
        else if (!samples.ContainsAnyExcept(samples[0]))
            warnings.Add(FormattableString.Invariant($"there is no sound: every sample that the model hears is {samples[0]}"));
        return warnings;
    }
}
