using System.Diagnostics.CodeAnalysis;

namespace AudioEmotionXai;

/// <summary>
/// What a model expects of the sound it is given: the front end it was trained with and the names of its classes. Travels in the model's
/// metadata, so that a .wav file and a model are enough. With options, mean and deviation it is that of a log-mel front end;
/// <see cref="For"/> makes that of any other.
/// </summary>
/// <param name="Options">The constants of the log-mel spectrogram; of other front ends, those of <see cref="FrontEnd.Spectrum"/>.</param>
/// <param name="Mean">The mean of the training spectrograms, in dB.</param>
/// <param name="StandardDeviation">Their standard deviation, in dB; above 0.</param>
/// <param name="Labels">The classes' names in the order of the logits.</param>
public sealed record FrontEndContract(LogMelOptions Options, double Mean, double StandardDeviation, IReadOnlyList<string> Labels)
{
    private readonly FrontEnd? _frontEnd;

    /// <summary>The front end.</summary>
    public FrontEnd FrontEnd => _frontEnd ?? new LogMelFrontEnd(Options, Mean, StandardDeviation);

    /// <summary>The shape of one clip as a model of images takes it: one channel, mel bins (or coefficients), frames; samples have one
    /// axis. -1 where the length is the clip's.</summary>
    public IReadOnlyList<int> Shape
    {
        get
        {
            FrontEnd frontEnd = FrontEnd;
            int length = frontEnd.SampleCount is { } count ? frontEnd.LengthOf(count) : -1;
            return frontEnd.GivesSamples ? [length] : [1, frontEnd.Bins, length];
        }
    }

    /// <summary>The contract of any front end.</summary>
    /// <param name="frontEnd">The front end.</param>
    /// <param name="labels">The classes' names in the order of the scores; none where the model's metadata names them.</param>
    public static FrontEndContract For(FrontEnd frontEnd, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(frontEnd);
        ArgumentNullException.ThrowIfNull(labels);
        return frontEnd is LogMelFrontEnd { AnyLength: false } logMel
            ? new FrontEndContract(logMel.Options, logMel.Mean, logMel.StandardDeviation, labels)
            : new FrontEndContract(frontEnd, labels);
    }

    private FrontEndContract(FrontEnd frontEnd, IReadOnlyList<string> labels)
        : this(frontEnd.Spectrum, 0, 1, labels) => _frontEnd = frontEnd;

    /// <summary>Reads a contract file, such as <c>front_end.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">A property is missing, unknown, repeated or out of range; the message names it.</exception>
    public static FrontEndContract Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            InputFile.ThrowIfNoContent(path, message => new ModelFormatException(message));
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or (IOException and not FileNotFoundException))
        {
            throw new ModelFormatException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Reads a contract from JSON.</summary>
    /// <param name="json">An object with the properties of <c>front_end.json</c>, each exactly once.</param>
    /// <param name="source">What messages call it: a file, or a model.</param>
    /// <exception cref="ModelFormatException">A property is missing, unknown, repeated or out of range; the message names it.</exception>
    public static FrontEndContract Parse(string json, string source)
    {
        ArgumentNullException.ThrowIfNull(json);
        return FrontEndJson.Parse(json, source);
    }

    /// <summary>The contract that a model carries in its metadata.</summary>
    /// <param name="model">The model.</param>
    /// <param name="contract">The contract, where there is one.</param>
    /// <returns>Whether the model carries one.</returns>
    /// <exception cref="ModelFormatException">It carries one that cannot be read.</exception>
    public static bool TryRead(OnnxModel model, [NotNullWhen(true)] out FrontEndContract? contract)
    {
        ArgumentNullException.ThrowIfNull(model);
        contract = model.Metadata.TryGetValue(ModelMetadata.FrontEnd, out string? json)
            ? Parse(json, $"{model.Name}, metadata '{ModelMetadata.FrontEnd}'")
            : null;
        return contract is not null;
    }

    /// <summary>Writes this contract and the labels into a model's metadata.</summary>
    /// <param name="model">A model whose input has this contract's shape, and whose labels, where it names any, are this
    /// contract's.</param>
    /// <exception cref="ModelFormatException">Labels or shape disagree; the message gives both.</exception>
    public void WriteTo(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (Labels.Count > 0 && ModelMetadata.FindLabels(model) is { } labels && !labels.SequenceEqual(Labels))
            throw new ModelFormatException(
                $"{model.Name}: the labels are {string.Join(", ", labels)}, but the front end names {string.Join(", ", Labels)}.");
        if (model.Inputs is [{ Shape: { } shape } input] && !FrontEnd.TryFit(LengthsOf(shape), out _, out _))
            throw new ModelFormatException($"{model.Name}: the input is {input}, but the front end gives {Given}.");
        model.SetMetadata(ModelMetadata.FrontEnd, ToJson());
        if (Labels.Count > 0)
            ModelMetadata.SetLabels(model, Labels);
    }

    /// <summary>The contract as JSON, with the properties of <c>front_end.json</c>.</summary>
    public string ToJson() => FrontEndJson.Write(this);

    /// <summary>A spectrogram in dB as the model expects it: z-scored, in the shape (1, 1, bins, frames).</summary>
    /// <param name="decibels">The spectrogram; it stays as it is.</param>
    /// <exception cref="ArgumentException">It is not of this contract's size.</exception>
    public FloatTensor Normalize(TimeFrequencyMap decibels)
    {
        ArgumentNullException.ThrowIfNull(decibels);
        if (decibels.Bins != Options.MelBins || decibels.Frames != Options.FrameCount)
            throw new ArgumentException(
                $"The spectrogram is {decibels.Bins} x {decibels.Frames}; the model expects {Options.MelBins} x {Options.FrameCount}.",
                nameof(decibels));
        FloatTensor normalized = new(1, 1, decibels.Bins, decibels.Frames);
        Normalize(decibels.Span, normalized.Span, Mean, StandardDeviation);
        return normalized;
    }

    /// <summary>Values less the mean, by the deviation, in single precision; source and target may be one.</summary>
    internal static void Normalize(ReadOnlySpan<float> source, Span<float> target, double mean, double deviation)
    {
        (float centre, float scale) = ((float)mean, (float)deviation);
        for (int i = 0; i < target.Length; i++)
            target[i] = (source[i] - centre) / scale;
    }

    /// <summary>A clip as a model of samples expects it: at the contract's rate, cut or filled with zeros to its length, in the shape (1,
    /// samples).</summary>
    /// <param name="clip">The clip; it stays as it is.</param>
    public FloatTensor ToSamples(AudioClip clip) => ToSamples(clip, CancellationToken.None);

    internal FloatTensor ToSamples(AudioClip clip, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clip);
        FrontEnd frontEnd = FrontEnd;
        ReadOnlySpan<float> source = Resampler.Resample(clip, frontEnd.SampleRate, frontEnd.MostSamples, cancellationToken).Samples.Span;
        FloatTensor samples = new(1, frontEnd.SampleCount ?? Math.Max(1, source.Length));
        source[..Math.Min(source.Length, samples.Length)].CopyTo(samples.Span);
        return samples;
    }

    /// <summary>Whether two contracts say the same, label by label.</summary>
    /// <param name="other">The other contract.</param>
    public bool Equals(FrontEndContract? other) =>
        other is not null
        && Options == other.Options
        && _frontEnd == other._frontEnd
        && Mean.Equals(other.Mean)
        && StandardDeviation.Equals(other.StandardDeviation)
        && Labels.SequenceEqual(other.Labels);

    /// <summary>A hash of what <see cref="Equals(FrontEndContract)"/> compares.</summary>
    public override int GetHashCode() => HashCode.Combine(Options, Mean, StandardDeviation, Labels.Count);

    /// <summary>What holds for a model: what is given, or else what it carries in its metadata.</summary>
    internal static FrontEndContract? Of(OnnxModel model, ModelContract? given) =>
        given?.FrontEnd is { } frontEnd ? For(frontEnd, []) : TryRead(model, out FrontEndContract? contract) ? contract : null;

    /// <summary>Whether a model has its front end in its graph: its input is samples.</summary>
    internal static bool IsInGraph(OnnxModel model) => model.Metadata.GetValueOrDefault(ModelMetadata.Input) is ModelMetadata.Samples;

    /// <summary>This contract with the length that a model's input asks for, and the layout of that input.</summary>
    /// <param name="input">The model's input.</param>
    /// <param name="isOfSamples">Whether the front end is in the graph.</param>
    /// <param name="model">What messages call the model.</param>
    /// <param name="layout">What the input's axes mean.</param>
    /// <exception cref="ModelFormatException">The input has another shape; the message gives both.</exception>
    internal FrontEndContract Fit(OnnxValueInfo input, bool isOfSamples, string model, out InputLayout layout)
    {
        FrontEnd given = isOfSamples ? new SamplesFrontEnd { Rate = FrontEnd.SampleRate, Seconds = FrontEnd.HeardSeconds } : FrontEnd;
        if (!given.TryFit(LengthsOf(input.Shape!), out FrontEnd? fitted, out InputLayout? found)
            || (isOfSamples && fitted.SampleCount is { } count && count != given.SampleCount))
            throw new ModelFormatException(
                $"{model}: the input is {input}, but the front end in the metadata gives "
                    + $"{(isOfSamples ? FormattableString.Invariant($"(N, {FrontEnd.SampleCount})") : Given)}.");
        layout = found!;
        return isOfSamples || fitted == FrontEnd ? this : For(fitted!, Labels);
    }

    /// <summary>The constants of the mel cells of an input: those of its own length where the front end hears any.</summary>
    /// <param name="length">Frames, or samples where the front end gives samples.</param>
    internal LogMelOptions OptionsFor(int length) =>
        FrontEnd.SampleCount is not null ? Options : FrontEnd.GivesSamples ? Options.ForSamples(length) : Options.ForFrames(length);

    /// <summary>This contract with some length, where the front end hears any.</summary>
    internal FrontEndContract WithSeconds(double seconds) => FrontEnd is { SampleCount: null } free
        ? For(free.WithLength(free.LengthOf((int)Math.Round(seconds * free.SampleRate))), Labels)
        : this;

    /// <summary>This contract with the length of a clip, where the front end hears any.</summary>
    internal FrontEndContract ForClip(AudioClip clip)
    {
        FrontEnd frontEnd = FrontEnd;
        if (frontEnd.SampleCount is not null)
            return this;
        double samples = Math.Ceiling((double)clip.Samples.Length * frontEnd.SampleRate / clip.SampleRate);
        return For(frontEnd.WithLength(frontEnd.LengthOf((int)Math.Min(frontEnd.MostSamples, samples))), Labels);
    }

    private string Given => $"(N, {string.Join(", ", Shape)})";

    private static int[] LengthsOf(IReadOnlyList<OnnxDimension> shape) => [.. shape.Select(length => (int)(length.Value ?? -1))];
}
