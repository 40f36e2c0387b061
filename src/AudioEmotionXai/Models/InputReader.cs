using System.Globalization;
using AudioEmotionXai.Audio;
using AudioEmotionXai.Primitives;

namespace AudioEmotionXai.Models;

/// <summary>Reads a recording or an array into a batch as a model expects it: what the command line does with every INPUT.</summary>
public static class InputReader
{
    /// <summary>Reads a .wav through the model's front end, or a .npy that is already normalised.</summary>
    /// <param name="path">
    /// A .wav file, or a .npy file with one item or a batch: (H,W), (C,H,W) or (N,C,H,W) for a model of images; (T), (C,T) or (N,C,T)
    /// for one of sequences.
    /// </param>
    /// <param name="model">The model whose shape and front end decide.</param>
    /// <returns>A batch of the model's rank; finite.</returns>
    /// <exception cref="ArgumentException">The file's kind, shape or a value does not fit the model; the message names the file.</exception>
    /// <exception cref="AudioFormatException">The .wav cannot be read.</exception>
    /// <exception cref="NpyFormatException">The .npy cannot be read.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FloatTensor Read(string path, EmotionModel model)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(model);
        FloatTensor input = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".WAV" => ReadRecording(path, model),
            ".NPY" => AsBatch(NpyFile.Read(path), model),
            _ => throw new ArgumentException($"{path}: an input is a .wav or a .npy file."),
        };
        if (!model.Accepts(input))
            throw new ArgumentException($"{path}: the shape is {input}, but the model {model.Name} expects {model.DescribeInput()}.");
        int bad = FiniteCheck.IndexOfNotFinite(input.Span);
        if (bad >= 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{path}: the value at position {bad} is {input.Span[bad]}; every value must be finite."));
        return input;
    }

    private static FloatTensor ReadRecording(string path, EmotionModel model)
    {
        if (model.FrontEnd is not { } frontEnd)
            throw new ArgumentException($"{path}: the model {model.Name} does not say how a recording becomes its input; give it a .npy.");
        LogMelSpectrogram spectrogram = new LogMelExtractor(frontEnd.Options).Extract(WavReader.Read(path));
        return frontEnd.Normalize(spectrogram.Decibels);
    }

    /// <summary>Puts the axes that a single item leaves out in front, each of length 1.</summary>
    private static FloatTensor AsBatch(FloatTensor array, EmotionModel model)
    {
        int missing = model.InputShape.Count - array.Rank;
        return missing is 1 or 2 ? array.Reshape([.. Enumerable.Repeat(1, missing), .. array.Shape]) : array;
    }
}
