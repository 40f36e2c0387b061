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
    private readonly Func<AudioClassifier, PreparedClip>? _prepare;

    private ClipSource(Func<AudioClassifier, PreparedClip> prepare) => _prepare = prepare;

    /// <summary>A .wav file, or a .npy file with one item.</summary>
    /// <param name="path">The file.</param>
    public static ClipSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetExtension(path).Equals(".wav", StringComparison.OrdinalIgnoreCase)
            ? new(model => PreparedClip.Of(model, WavReader.Read(path)))
            : new(model => PreparedClip.Of(model.ReadInput(path), path));
    }

    /// <summary>The bytes of a .wav file, read to their end; the stream stays open.</summary>
    /// <param name="wav">The stream.</param>
    /// <param name="name">What messages call it.</param>
    public static ClipSource FromStream(Stream wav, string name = "The recording")
    {
        ArgumentNullException.ThrowIfNull(wav);
        return new(model => PreparedClip.Of(model, WavReader.Read(wav, name)));
    }

    /// <summary>The bytes of a .wav file.</summary>
    /// <param name="wav">The bytes.</param>
    public static ClipSource FromBytes(byte[] wav)
    {
        ArgumentNullException.ThrowIfNull(wav);
        return new(model => PreparedClip.Of(model, WavReader.Read(new MemoryStream(wav, writable: false), "The recording")));
    }

    /// <summary>Samples in memory.</summary>
    /// <param name="clip">The recording, of any rate and length.</param>
    public static ClipSource FromClip(AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return new(model => PreparedClip.Of(model, clip));
    }

    /// <summary>What the model takes, one item.</summary>
    /// <param name="item">The tensor, (1,…).</param>
    public static ClipSource FromTensor(FloatTensor item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new(_ => PreparedClip.Of(item, "The input"));
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

    internal PreparedClip Prepare(AudioClassifier model) =>
        (_prepare ?? throw new ArgumentException("The clip's source is empty: use ClipSource.FromFile and its siblings."))(model);
}

/// <summary>A clip as a model takes it, and what of the recording the model does not hear.</summary>
internal sealed record PreparedClip(FloatTensor Input, double? Seconds, IReadOnlyList<string> Warnings)
{
    public static PreparedClip Of(AudioClassifier model, AudioClip clip)
    {
        FloatTensor input = model.ToInput(clip);
        double heard = Math.Min(clip.Seconds, model.FrontEnd!.Options.Seconds);
        return new PreparedClip(input, heard, WarningsFor(clip, heard));
    }

    public static PreparedClip Of(FloatTensor input, string name) =>
        input.Shape[0] == 1
            ? new PreparedClip(input, null, [])
            : throw new ArgumentException(
                FormattableString.Invariant($"{name} holds {input.Shape[0]} clips; one was expected. Give a batch as a tensor instead."));

    /// <summary>What of a recording is not heard.</summary>
    public static IReadOnlyList<string> WarningsFor(AudioClip clip, double heard) =>
        clip.Seconds > heard + (1.0 / clip.SampleRate)
            ? [FormattableString.Invariant($"the clip is {clip.Seconds:0.00} s long; the model hears its first {heard:0.00} s")]
            : [];
}
