using System.Diagnostics.CodeAnalysis;
using System.Diagnostics;

namespace AudioEmotionXai;

/// <summary>
/// A way to say which cells of a spectrogram made a model decide as it did. A method is its options: an immutable record that is
/// given the model at call time, <c>new GradCam { Layer = "layer2" }.Attribute(model, input)</c>.
/// </summary>
/// <remarks>
/// One of your own is a record derived from this one with <see cref="AttributeCore"/>; whatever takes a method takes it. In the library, a
/// sealed record with the attribute <c>MethodId</c> and options as init properties with defaults is found by the registry, the command line
/// and the contract tests.
/// </remarks>
/// <example><code>Explanation why = AttributionMethods.Parse("lrp rules=epsilon").Explain(model, "clip.wav");</code></example>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFieldsWithInherited)]
public abstract record AttributionMethod
{
    /// <summary>
    /// SHA-256, in hexadecimal, over the method's type and the value of every option, whether text can carry it or not: methods that differ
    /// in any option differ here. Run folders go by it. The labels of a <see cref="FileSegmenter"/> count, not only its path.
    /// </summary>
    /// <exception cref="NotSupportedException">A method of another assembly holds something that no text stands for, and does not override
    /// <see cref="OptionsText"/>.</exception>
    /// <exception cref="IOException">A file that the options name cannot be read.</exception>
    public string Identity => MethodIdentity.Of(this);

    /// <summary>How the map's values are to be read.</summary>
    public virtual MapMeaning Meaning => MapMeaning.Signed;

    /// <summary>This method, where it contrasts the target with the likeliest other class, contrasting with one class instead; any other
    /// method as it is.</summary>
    /// <param name="rival">The other class, as an index.</param>
    internal virtual AttributionMethod Against(int rival) => this;

    /// <summary>Whether the map depends on the model at all.</summary>
    public virtual bool UsesModel => true;

    /// <summary>Whether the map depends on the class that is explained; false means one map for all classes.</summary>
    public virtual bool UsesTarget => UsesModel;

    /// <summary>Whether the map gives all cells of a segment one value, as LIME does; verification then masks segments whole.</summary>
    public virtual bool IsSegmentBased => false;

    /// <summary>The input at which a cell has no share, where the map's values are the cells' shares of the score, with the input factored
    /// in: input x gradient, LRP, integrated gradients, occlusion, Shapley values. Null (default) where they say how strongly the score
    /// reacts to a cell.</summary>
    public virtual Baseline? ShareBaseline => null;

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
    /// <exception cref="AnswerNotFiniteException">What the model says of the clip is NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public Explanation Explain(
        AudioClassifier model, ClipSource clip, ClassTarget? target = null, IProgress<AttributionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        PreparedClip prepared = clip.Prepare(model, cancellationToken);
        AttributionResult result = Attribute(model, prepared.Input, target, progress, cancellationToken);
        result.Predictions[0].ThrowIfNotFinite(prepared.Name);
        return new Explanation(result, 0, prepared);
    }

    /// <summary>Explains a batch: one raw, signed map per item, beside what the model says.</summary>
    /// <param name="model">The model to explain.</param>
    /// <param name="input">A batch (N,…) as the model expects it: finite, normalised. It is not changed.</param>
    /// <param name="target">The class to explain; by default the predicted one, item by item.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="cancellationToken">Ends the work, also inside a running model.</param>
    /// <returns>The maps with predictions, targets, warnings and the time taken; a warning names each item whose answer is not
    /// finite.</returns>
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

    /// <summary>Every option's value as invariant text, for <see cref="Identity"/>. Default: every field that is a number, a text, an enum,
    /// a method, a segmenter, or a list of such; a method that holds anything else says here what it is.</summary>
    protected internal virtual string OptionsText => MethodIdentity.FieldsOf(this);

    /// <summary>The method's id and all its options as text, <c>gradcam layer=layer4 mode=raw</c>: <see cref="AttributionMethods.Parse"/>
    /// reads it back. Where options are set that no text carries, such as <see cref="Lrp.CustomRules"/>, the text says so, and is refused
    /// there.</summary>
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

    /// <summary>Says why this method, with its options, cannot explain a model; null where it can. Compiles, and runs nothing.</summary>
    /// <param name="model">The model.</param>
    public string? FindProblem(AudioClassifier model)
    {
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            ThrowIfUnfit(model);
            return null;
        }
        catch (Exception reason) when (reason is UnsupportedOperatorException or ArgumentException)
        {
            return MethodOptionException.MessageOf(reason);
        }
    }

    /// <summary>Throws what <see cref="Attribute"/> would throw for this model whatever the input holds; compiles, but runs
    /// nothing.</summary>
    internal virtual void ThrowIfUnfit(AudioClassifier model) => Validate();
}

/// <summary>How the values of a method's map are to be read; verification and drawing go by it.</summary>
public enum MapMeaning
{
    /// <summary>Positive cells speak for the target class, negative ones against it; the most important cells have the largest absolute
    /// values.</summary>
    Signed,

    /// <summary>Never negative; the most important cells have the largest values.</summary>
    Positive,

    /// <summary>Never negative; the largest values mark the cells that matter least.</summary>
    Unimportance,
}

/// <summary>Which number of the target class a method explains.</summary>
public enum ClassScore
{
    /// <summary>The score before the softmax: one class, not the competition between classes.</summary>
    Logit,

    /// <summary>The probability, 0 to 1: the competition between classes.</summary>
    Probability,
}
