using System.Globalization;

namespace AudioEmotionXai;

// How recordings and arrays become what this model takes: the one place where its front end is chosen
public sealed partial class AudioClassifier
{
    private LogMelExtractor? _logMel;

    /// <summary>The log-mel front end, made once; for models that carry a contract.</summary>
    internal LogMelExtractor LogMel => LazyInitializer.EnsureInitialized(ref _logMel, () => new LogMelExtractor(FrontEnd!.Options));

    /// <summary>Takes a recording through the model's front end: a normalised log-mel spectrogram, or samples where
    /// <see cref="TakesSamples"/>.</summary>
    /// <param name="clip">The recording, of any rate and length.</param>
    /// <returns>A batch of one; finite.</returns>
    /// <exception cref="ArgumentException">The model does not say how a recording becomes its input, or says something that does not fit
    /// its shape.</exception>
    public FloatTensor ToInput(AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return ToInput(clip, "The recording", CancellationToken.None);
    }

    /// <summary>Reads a .wav through the model's front end, or a .npy that is already normalised: what the command line does with every
    /// INPUT.</summary>
    /// <param name="path">
    /// A .wav file, or a .npy file with one item or a batch: (H,W), (C,H,W) or (N,C,H,W) for a model of images; (T), (C,T) or (N,C,T)
    /// for one of sequences; (T) or (N,T) for one of samples.
    /// </param>
    /// <returns>A batch of the model's rank; finite.</returns>
    /// <exception cref="ArgumentException">The file's kind, shape or a value does not fit the model; the message names the
    /// file.</exception>
    /// <exception cref="AudioFormatException">The .wav cannot be read.</exception>
    /// <exception cref="NpyFormatException">The .npy cannot be read.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public FloatTensor ReadInput(string path) => ReadInput(path, out _);

    /// <summary>Reads a .wav or a .npy file like <see cref="ReadInput(string)"/>, and tells what is to be known of a recording.</summary>
    /// <param name="path">The file.</param>
    /// <param name="warnings">What of the recording the model does not hear, and whether there is any sound; empty for a .npy.</param>
    /// <returns>A batch of the model's rank; finite.</returns>
    /// <exception cref="ArgumentException">The file's kind, shape or a value does not fit the model; the message names the
    /// file.</exception>
    /// <exception cref="AudioFormatException">The .wav cannot be read.</exception>
    /// <exception cref="NpyFormatException">The .npy cannot be read.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public FloatTensor ReadInput(string path, out IReadOnlyList<string> warnings)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        warnings = [];
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".WAV":
                PreparedClip prepared = ClipSource.FromFile(path).Prepare(this);
                warnings = prepared.Warnings;
                return prepared.Input;
            case ".NPY":
                return Checked(AsBatch(NpyFile.Read(path)), path);
            default:
                throw new ArgumentException($"{path}: an input is a .wav or a .npy file.");
        }
    }

    /// <summary>A batch of recordings, each as <see cref="ToInput(AudioClip)"/> gives it.</summary>
    internal FloatTensor ToInputs(IReadOnlyList<AudioClip> clips)
    {
        FloatTensor first = ToInput(clips[0]);
        FloatTensor all = new([clips.Count, .. first.Shape[1..]]);
        for (int i = 0; i < clips.Count; i++)
            (i == 0 ? first : ToInput(clips[i])).Span.CopyTo(all.Item(i).Span);
        return all;
    }

    /// <summary>Takes a recording through the front end; messages call it by the name.</summary>
    internal FloatTensor ToInput(AudioClip clip, string name, CancellationToken cancellationToken)
    {
        FrontEndContract frontEnd = RequireFrontEnd(name);
        return Checked(
            HasFrontEndInGraph
                ? frontEnd.ToSamples(clip, cancellationToken)
                : Layout!.Lay(frontEnd.FrontEnd.Extract(clip, cancellationToken), Channels),
            name);
    }

    private int Channels => Layout!.IndexOf(InputAxis.Channels) is >= 0 and int axis ? Math.Max(1, InputShape[axis]) : 1;

    /// <summary>The front end.</summary>
    /// <exception cref="ArgumentException">The model has none.</exception>
    internal FrontEndContract RequireFrontEnd(string name) =>
        FrontEnd
        ?? throw new ArgumentException(
            $"{name}: the model {Name} does not say how a recording becomes its input; give it a .npy, or say it by the "
                + "contract's front end (--front-end whisper, ast, wav2vec2, yamnet, mfcc, none:RATE or a .json).");

    private FloatTensor Checked(FloatTensor input, string name)
    {
        if (!Accepts(input))
            throw new ArgumentException($"{name}: the shape is {input}, but the model {Name} expects {DescribeInput()}.");
        int bad = FiniteCheck.IndexOfNotFinite(input.Span);
        if (bad >= 0)
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: the value at position {bad} is {input.Span[bad]}; every value must be finite."));
        return input;
    }

    /// <summary>Puts the axes that a single item leaves out in front, each of length 1.</summary>
    private FloatTensor AsBatch(FloatTensor array)
    {
        int missing = InputShape.Count - array.Rank;
        return missing is 1 or 2 ? array.Reshape([.. Enumerable.Repeat(1, missing), .. array.Shape]) : array;
    }
}
