using System.Globalization;

namespace AudioEmotionXai;

/// <summary>Reads a recording or an array into a batch as a model expects it: what the command line does with every INPUT.</summary>
public static class InputReader
{
    /// <summary>Reads a .wav through the model's front end, or a .npy that is already normalised.</summary>
    /// <param name="path">
    /// A .wav file, or a .npy file with one item or a batch: (H,W), (C,H,W) or (N,C,H,W) for a model of images; (T), (C,T) or (N,C,T)
    /// for one of sequences; (T) or (N,T) for one of samples.
    /// </param>
    /// <param name="model">The model whose shape and front end decide.</param>
    /// <returns>A batch of the model's rank; finite.</returns>
    /// <exception cref="ArgumentException">The file's kind, shape or a value does not fit the model; the message names the
    /// file.</exception>
    /// <exception cref="AudioFormatException">The .wav cannot be read.</exception>
    /// <exception cref="NpyFormatException">The .npy cannot be read.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FloatTensor Read(string path, AudioClassifier model)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(model);
        FloatTensor input = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".WAV" => Prepare(WavReader.Read(path), path, model),
            ".NPY" => AsBatch(NpyFile.Read(path), model),
            _ => throw new ArgumentException($"{path}: an input is a .wav or a .npy file."),
        };
        return Checked(input, path, model);
    }

    /// <summary>Takes a recording that is already in memory through the model's front end.</summary>
    /// <param name="clip">The recording, of any rate and length.</param>
    /// <param name="model">The model whose front end decides.</param>
    /// <returns>A batch of one; finite.</returns>
    /// <exception cref="ArgumentException">The model does not say how a recording becomes its input, or says something that does not fit
    /// its shape.</exception>
    public static FloatTensor Read(AudioClip clip, AudioClassifier model)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(model);
        const string Name = "The recording";
        return Checked(Prepare(clip, Name, model), Name, model);
    }

    private static FloatTensor Prepare(AudioClip clip, string name, AudioClassifier model)
    {
        if (model.FrontEnd is not { } frontEnd)
            throw new ArgumentException($"{name}: the model {model.Name} does not say how a recording becomes its input; give it a .npy.");
        return model.TakesSamples
            ? frontEnd.ToSamples(clip)
            : frontEnd.Normalize(new LogMelExtractor(frontEnd.Options).Extract(clip).Decibels);
    }

    private static FloatTensor Checked(FloatTensor input, string name, AudioClassifier model)
    {
        if (!model.Accepts(input))
            throw new ArgumentException($"{name}: the shape is {input}, but the model {model.Name} expects {model.DescribeInput()}.");
        int bad = FiniteCheck.IndexOfNotFinite(input.Span);
        if (bad >= 0)
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: the value at position {bad} is {input.Span[bad]}; every value must be finite."));
        return input;
    }

    /// <summary>Puts the axes that a single item leaves out in front, each of length 1.</summary>
    private static FloatTensor AsBatch(FloatTensor array, AudioClassifier model)
    {
        int missing = model.InputShape.Count - array.Rank;
        return missing is 1 or 2 ? array.Reshape([.. Enumerable.Repeat(1, missing), .. array.Shape]) : array;
    }
}
