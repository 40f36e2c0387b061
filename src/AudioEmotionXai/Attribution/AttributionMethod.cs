using System.Diagnostics;

namespace AudioEmotionXai;

/// <summary>
/// A way to say which cells of a spectrogram made a model decide as it did. A method is its options: an immutable record that is
/// given the model at call time, <c>new GradCam { Layer = "layer2" }.Attribute(model, input)</c>.
/// </summary>
/// <remarks>
/// To add one, write a sealed record with <see cref="MethodIdAttribute"/>, options as init properties with defaults, and
/// <see cref="AttributeCore"/>: the registry, the command line and the contract tests find it by themselves.
/// </remarks>
public abstract record AttributionMethod
{
    /// <summary>How the map's values are to be read.</summary>
    public virtual MapMeaning Meaning => MapMeaning.Signed;

    /// <summary>Whether the map depends on the model at all.</summary>
    public virtual bool UsesModel => true;

    /// <summary>Whether the map depends on the class that is explained; false means one map for all classes.</summary>
    public virtual bool UsesTarget => UsesModel;

    /// <summary>The name that the command line and <see cref="AttributionMethods.Find"/> know it by, such as <c>gradcam</c>; the type's
    /// name where it is not registered.</summary>
    public string Id => AttributionMethods.IdOf(this);

    /// <summary>Explains one clip.</summary>
    /// <param name="model">The model to explain.</param>
    /// <param name="clip">A path, a stream, bytes or samples of a recording, or a prepared tensor with one item.</param>
    /// <param name="target">The class to explain; by default the predicted one.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="cancellationToken">Ends the work, also inside a running model.</param>
    /// <exception cref="ArgumentException">The options, the clip or the target do not fit the model.</exception>
    /// <exception cref="AudioFormatException">The recording cannot be read.</exception>
    /// <exception cref="UnsupportedOperatorException">The model has an operator that the method cannot pass back through.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public Explanation Explain(
        AudioClassifier model, ClipSource clip, ClassTarget? target = null, IProgress<AttributionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        PreparedClip prepared = clip.Prepare(model);
        AttributionResult result = Attribute(model, prepared.Input, target, progress, cancellationToken);
        return new Explanation(result, 0) { Seconds = prepared.Seconds, Warnings = [.. result[0].Warnings, .. prepared.Warnings] };
    }

    /// <summary>Explains a batch: one raw, signed map per item, beside what the model says.</summary>
    /// <param name="model">The model to explain.</param>
    /// <param name="input">A batch (N,…) as the model expects it: finite, normalised. It is not changed.</param>
    /// <param name="target">The class to explain; by default the predicted one, item by item.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="cancellationToken">Ends the work, also inside a running model.</param>
    /// <returns>The maps with predictions, targets, warnings and the time taken.</returns>
    /// <exception cref="ArgumentException">The options, the input's shape or values, or the target do not fit the model.</exception>
    /// <exception cref="UnsupportedOperatorException">The model has an operator that the method cannot pass back through.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public AttributionResult Attribute(
        AudioClassifier model,
        FloatTensor input,
        ClassTarget? target = null,
        IProgress<AttributionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        cancellationToken.ThrowIfCancellationRequested();
        Validate();
        InputChecks.ThrowIfUnfit(model, input);
        AttributionRequest request = new(model, input, target ?? ClassTarget.Predicted, progress, cancellationToken);
        return Observed(request, Finish);
    }

    /// <summary>The method's id and all its options as text, <c>gradcam layer=layer4 mode=raw</c>: <see cref="AttributionMethods.Parse"/>
    /// reads it back.</summary>
    public sealed override string ToString() => AttributionMethods.Describe(this);

    /// <summary>Does work on a model as one operation, for tracing and metrics; the model's sessions stay meanwhile.</summary>
    private protected T Observed<T>(AttributionRequest request, Func<AttributionRequest, T> work)
    {
        using SharedHandle.Lease lease = request.Model.Enter();
        string method = AttributionMethods.IdOf(this);
        using Operation operation = request.Model.Observe(TelemetryNames.Attribute, request.Items, method);
        if (operation.IsTraced)
            operation.Tag("options", ToString());
        try
        {
            T result = work(request);
            operation.Done();
            Instruments.CountExplanations(request.Items, method);
            return result;
        }
        catch (Exception failure) when (operation.Failed(failure))
        {
            throw;
        }
    }

    private AttributionResult Finish(AttributionRequest request)
    {
        Stopwatch watch = Stopwatch.StartNew();
        AttributionOutcome outcome = AttributeCore(request);
        request.CancellationToken.ThrowIfCancellationRequested();
        MapChecks.ThrowIfMisshapen(this, request.Input, outcome.Map);
        if (outcome.Logits is { } logits)
            request.Learn(logits);
        return new AttributionResult(this, request, outcome, watch.Elapsed);
    }

    /// <summary>Does the work; called with everything checked.</summary>
    /// <param name="request">The model, the input and the targets.</param>
    protected internal abstract AttributionOutcome AttributeCore(AttributionRequest request);

    /// <summary>Throws <see cref="ArgumentException"/> when the options do not fit together; single values are better checked where they
    /// are set.</summary>
    protected internal virtual void Validate()
    {
    }
}
