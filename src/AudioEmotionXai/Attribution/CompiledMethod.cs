namespace AudioEmotionXai;

/// <summary>
/// A method that is one run of a compiled graph: gradients, the CAM family, LRP. It can be saved as a plain ONNX file that explains
/// without this library.
/// </summary>
public abstract record CompiledMethod : AttributionMethod
{
    /// <summary>The graph to compile, built at every access; equal specifications share one compiled program.</summary>
    internal abstract ProgramSpec Program { get; }

    /// <summary>
    /// The model and its explanation as one plain ONNX graph of the standard domain, which any ONNX Runtime runs. Inputs: the model's own
    /// and <c>target_class</c> (int64, (N); below zero means the predicted class). Outputs: <c>logits</c> and <c>relevance</c>, with
    /// their shapes as far as the model's own lengths are known. The metadata
    /// name the method with its options, the source model with its SHA-256, the SHA-256 of the graph itself, and this library's version.
    /// </summary>
    /// <param name="model">The model to explain.</param>
    /// <exception cref="ArgumentException">The options do not fit the model, such as a layer that it does not have.</exception>
    /// <exception cref="UnsupportedOperatorException">The model has an operator that the method cannot pass back through.</exception>
    public OnnxModel Compile(AudioClassifier model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Validate();
        OnnxModel compiled = model.Compile(Program);
        string hash = MethodIdentity.Hash(compiled.ToBytes());
        GraphEditing.DeclareOutputShapes(compiled);
        CompiledProvenance.Write(compiled, this, hash, model.Source);
        Annotate(compiled, model);
        return compiled;
    }

    /// <summary>Adds to a compiled file's metadata what the method chose by itself.</summary>
    internal virtual void Annotate(OnnxModel compiled, AudioClassifier model)
    {
    }

    /// <summary>SHA-256 of the compiled graph: whatever the options are, what they make of this model.</summary>
    internal string ProgramHash(AudioClassifier model) => MethodIdentity.Hash(model.Compile(Program).ToBytes());

    internal override void ThrowIfUnfit(AudioClassifier model)
    {
        base.ThrowIfUnfit(model);
        model.Compile(Program, model.AssumedLengths);
    }

    /// <inheritdoc/>
    protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
    {
        ProgramOutput output = request.Model.Run(
            Program, request.Input, request.ProgramTargets, request.CancellationToken, done => request.Report(done, request.Items));
        return Complete(request, new AttributionOutcome { Map = output.Relevance, Logits = output.Logits }, output);
    }

    /// <summary>Adds to a result what the method knows beyond the map, such as from the program's further outputs.</summary>
    internal virtual AttributionOutcome Complete(AttributionRequest request, AttributionOutcome outcome, ProgramOutput output) => outcome;
}
