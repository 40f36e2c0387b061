namespace AudioEmotionXai;

/// <summary>Joins a classifier and its front end into one graph from samples to scores, so that every method that passes back
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
    /// <param name="model">A classifier that carries a front-end contract.</param>
    /// <exception cref="ArgumentException">It carries none, or takes samples already.</exception>
    public static AudioClassifier WithWaveformInput(this AudioClassifier model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.HasFrontEndInGraph)
            throw new ArgumentException($"The model {model.Name} takes samples already.", nameof(model));
        FrontEndContract contract =
            model.FrontEnd
            ?? throw new ArgumentException(
                $"The model {model.Name} does not say how a recording becomes its input: it carries no front-end contract.", nameof(model));
        return AudioClassifier.FromOnnx(Join(model.Source, contract), model.Options);
    }

    /// <summary>Puts a front end before a classifier, and says so in the metadata.</summary>
    /// <param name="classifier">A model with one input that the front end's features fit; it stays as it is.</param>
    /// <param name="contract">The front end and the labels.</param>
    /// <exception cref="ModelFormatException">The classifier's input has not the contract's shape, or its labels are others.</exception>
    /// <exception cref="ArgumentException">An option of the contract is out of range, or the front end has no fixed length.</exception>
    public static OnnxModel Join(OnnxModel classifier, FrontEndContract contract)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(contract);
        OnnxModel described = classifier.Clone();
        contract.WriteTo(described);
        return Join(described, contract.FrontEnd);
    }

    /// <summary>Puts a front end before a classifier.</summary>
    /// <remarks>A clip shorter than the input is filled with zeros, which the joined model hears as silence; where the front end fills
    /// otherwise (<see cref="AstFrontEnd"/>), give the clip's own number of samples.</remarks>
    /// <param name="classifier">A model with one input that the front end's features fit; it stays as it is.</param>
    /// <param name="frontEnd">The front end: any kind, with any constants.</param>
    /// <param name="layout">What the input's axes mean; null for what fits (see <see cref="FrontEnd.TryFit"/>).</param>
    /// <param name="samples">How many samples the joined model takes; null for as many as the front end hears. Needed where that is any
    /// length; front ends that give samples leave the length free.</param>
    /// <exception cref="ModelFormatException">The classifier's input has another shape than the features.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the number of samples is missing or too large.</exception>
    public static OnnxModel Join(OnnxModel classifier, FrontEnd frontEnd, InputLayout? layout = null, int? samples = null)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(frontEnd);
        frontEnd.Validate();
        OnnxModel joined = classifier.Clone();
        if (joined.Inputs is not [{ Shape: { } shape } input])
            throw new ModelFormatException(
                $"{classifier.Name}: the inputs are {string.Join(", ", joined.Inputs)}; one with known axes was expected.");
        if (!frontEnd.TryFit([.. shape.Select(length => (int)(length.Value ?? -1))], out FrontEnd? fitted, out InputLayout? fitting))
            throw new ModelFormatException($"{classifier.Name}: the input is {input}, which the front end '{frontEnd.Name}' does not fit.");
        int? count = samples ?? fitted.SampleCount;
        Guard.Require(count is not null || fitted.GivesSamples, nameof(samples), samples, "a number: the front end hears any length");
        Guard.Require(count is null || (count >= 1 && count <= fitted.MostSamples), nameof(samples), samples, $"1 to {fitted.MostSamples}");
        string name = FreeName(joined);
        FrontEndNodes nodes = new(joined, frontEnd.Kind.Replace('-', '_'));
        nodes.Lay(fitted.Emit(nodes, name, count ?? -1), fitted, layout ?? fitting, input.Name);
        joined.ReplaceNodes([.. nodes.Nodes, .. joined.Nodes]);
        joined.RemoveInput(input.Name);
        joined.AddInput(new OnnxValueInfo(name, OnnxElementType.Float, [shape[0], count is { } known ? known : "samples"]));
        joined.SetMetadata(ModelMetadata.Input, ModelMetadata.Samples);
        joined.SetMetadata(ModelMetadata.SampleRate, FormattableString.Invariant($"{fitted.SampleRate}"));
        return joined;
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
