using System.Diagnostics.CodeAnalysis;

namespace AudioEmotionXai;

/// <summary>
/// What a model expects of the sound it is given: every constant of the log-mel front end it was trained with, the mean and standard
/// deviation of its z-score, and the names of its classes. Travels in the model's metadata, so that a .wav file and a model are enough.
/// </summary>
/// <param name="Options">The constants of the log-mel spectrogram.</param>
/// <param name="Mean">The mean of the training spectrograms, in dB.</param>
/// <param name="StandardDeviation">Their standard deviation, in dB; above 0.</param>
/// <param name="Labels">The classes' names in the order of the logits.</param>
public sealed record FrontEndContract(LogMelOptions Options, double Mean, double StandardDeviation, IReadOnlyList<string> Labels)
{
    /// <summary>The shape of one clip as the model takes it: one channel, mel bins, frames.</summary>
    public IReadOnlyList<int> Shape => [1, Options.MelBins, Options.FrameCount];

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
        if (ModelMetadata.FindLabels(model) is { } labels && !labels.SequenceEqual(Labels))
            throw new ModelFormatException(
                $"{model.Name}: the labels are {string.Join(", ", labels)}, but the front end names {string.Join(", ", Labels)}.");
        if (model.Inputs is [{ Shape: { } shape } input] && !Fits(shape))
            throw new ModelFormatException($"{model.Name}: the input is {input}, but the front end gives (N, {string.Join(", ", Shape)}).");
        model.SetMetadata(ModelMetadata.FrontEnd, ToJson());
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
        (float mean, float deviation) = ((float)Mean, (float)StandardDeviation);
        FloatTensor normalized = new(1, 1, decibels.Bins, decibels.Frames);
        ReadOnlySpan<float> source = decibels.Span;
        Span<float> target = normalized.Span;
        for (int i = 0; i < target.Length; i++)
            target[i] = (source[i] - mean) / deviation;
        return normalized;
    }

    /// <summary>A clip as a model of samples expects it: at the contract's rate, cut or filled with zeros to its length, in the shape (1,
    /// samples).</summary>
    /// <param name="clip">The clip; it stays as it is.</param>
    public FloatTensor ToSamples(AudioClip clip) => ToSamples(clip, CancellationToken.None);

    internal FloatTensor ToSamples(AudioClip clip, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ReadOnlySpan<float> source = Resampler.Resample(clip, Options.SampleRate, Options.SampleCount, cancellationToken).Samples.Span;
        FloatTensor samples = new(1, Options.SampleCount);
        source[..Math.Min(source.Length, samples.Length)].CopyTo(samples.Span);
        return samples;
    }

    /// <summary>Whether two contracts say the same, label by label.</summary>
    /// <param name="other">The other contract.</param>
    public bool Equals(FrontEndContract? other) =>
        other is not null
        && Options == other.Options
        && Mean.Equals(other.Mean)
        && StandardDeviation.Equals(other.StandardDeviation)
        && Labels.SequenceEqual(other.Labels);

    /// <summary>A hash of what <see cref="Equals(FrontEndContract)"/> compares.</summary>
    public override int GetHashCode() => HashCode.Combine(Options, Mean, StandardDeviation, Labels.Count);

    /// <summary>Throws unless a model takes what this front end gives: spectrograms, or samples.</summary>
    /// <exception cref="ModelFormatException">The input has another shape; the message gives both.</exception>
    internal void ThrowIfUnfit(OnnxValueInfo input, bool isOfSamples, string model)
    {
        int[] expected = isOfSamples ? [Options.SampleCount] : [.. Shape];
        if (!Fits(input.Shape!, expected))
            throw new ModelFormatException(
                $"{model}: the input is {input}, but the front end in the metadata gives (N, {string.Join(", ", expected)}).");
    }

    private bool Fits(IReadOnlyList<OnnxDimension> shape) => Fits(shape, Shape);

    private static bool Fits(IReadOnlyList<OnnxDimension> shape, IReadOnlyList<int> expected)
    {
        return shape.Count == expected.Count + 1
            && expected.Select((length, axis) => shape[axis + 1].Value is not { } value || value == length).All(fits => fits);
    }
}
