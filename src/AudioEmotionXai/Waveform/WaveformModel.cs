namespace AudioEmotionXai;

/// <summary>Joins a classifier and its log-mel front end into one graph from samples to scores, so that every method that passes back
/// explains the waveform itself.</summary>
/// <remarks>
/// The joined model takes float32 samples (N, samples) at the contract's rate and length. It is plain ONNX of the standard domain, and says
/// in its metadata what it takes: <c>input</c> is "samples", <c>sample_rate</c> a number, <c>labels</c> and <c>front_end</c> as in the
/// classifier.
/// </remarks>
public static class WaveformModel
{
    /// <summary>The name of the input.</summary>
    public const string InputName = "samples";

    /// <summary>The model that takes what this one's front end takes. It has sessions of its own: end it when done.</summary>
    /// <param name="model">A classifier of spectrograms that carries a front-end contract.</param>
    /// <exception cref="ArgumentException">It carries none, or takes samples already.</exception>
    public static AudioClassifier WithWaveformInput(this AudioClassifier model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.TakesSamples)
            throw new ArgumentException($"The model {model.Name} takes samples already.", nameof(model));
        FrontEndContract contract =
            model.FrontEnd
            ?? throw new ArgumentException(
                $"The model {model.Name} does not say how a recording becomes its input: it carries no front-end contract.", nameof(model));
        return AudioClassifier.FromOnnx(Join(model.Source, contract), model.Options);
    }

    /// <summary>Puts a front end before a classifier.</summary>
    /// <param name="classifier">A model with one input (N, 1, bins, frames); it stays as it is.</param>
    /// <param name="contract">The front end: any rate, window, hop, mel scale and decibels.</param>
    /// <exception cref="ModelFormatException">The classifier's input has not the contract's shape, or its labels are others.</exception>
    /// <exception cref="ArgumentException">An option of the contract is out of range.</exception>
    public static OnnxModel Join(OnnxModel classifier, FrontEndContract contract)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(contract);
        OnnxModel joined = classifier.Clone();
        contract.WriteTo(joined);
        if (joined.Inputs is not [{ Shape: { Count: 4 } shape } input])
            throw new ModelFormatException(
                $"{classifier.Name}: the inputs are {string.Join(", ", joined.Inputs)}; one spectrogram (N, "
                    + $"{string.Join(", ", contract.Shape)}) was expected.");
        string samples = FreeName(joined);
        joined.ReplaceNodes([.. new LogMelGraph(joined, contract).Emit(samples, input.Name), .. joined.Nodes]);
        joined.RemoveInput(input.Name);
        joined.AddInput(new OnnxValueInfo(samples, OnnxElementType.Float, [shape[0], contract.Options.SampleCount]));
        Describe(joined, contract.Options);
        return joined;
    }

    private static void Describe(OnnxModel joined, LogMelOptions options)
    {
        joined.SetMetadata(ModelMetadata.Input, ModelMetadata.Samples);
        joined.SetMetadata(ModelMetadata.SampleRate, FormattableString.Invariant($"{options.SampleRate}"));
    }

    private static string FreeName(OnnxModel model)
    {
        HashSet<string> taken =
        [
            .. model.Initializers.Keys,
            .. model.Inputs.Select(input => input.Name),
            .. model.Nodes.SelectMany(node => node.Outputs),
        ];
        string name = InputName;
        while (!taken.Add(name))
            name += "_in";
        return name;
    }
}
