namespace AudioEmotionXai;

/// <summary>What <see cref="AttributionMethod.AttributeCore"/> is given: a checked input, resolved target classes, and the way to report
/// and to be cancelled.</summary>
public sealed class AttributionRequest
{
    private readonly ClassTarget _target;
    private readonly IProgress<AttributionProgress>? _progress;
    private Prediction[]? _predictions;
    private int[]? _targets;

    internal AttributionRequest(
        AudioClassifier model, FloatTensor input, ClassTarget target, IProgress<AttributionProgress>? progress,
        CancellationToken cancellationToken)
    {
        Model = model;
        Input = input;
        _progress = progress;
        CancellationToken = cancellationToken;
        _target = target;
        // A class that the model does not have is refused before work starts; the predicted one is asked for only where a method needs it.
        _targets = target.NeedsPredictions ? null : ResolveTargets();
    }

    /// <summary>The model to explain.</summary>
    public AudioClassifier Model { get; }

    /// <summary>The batch (N,…), of the model's shape and finite. Not to be changed.</summary>
    public FloatTensor Input { get; }

    /// <summary>How many items the batch has.</summary>
    public int Items => Input.Shape[0];

    /// <summary>The class to explain, per item; runs the model on first use when that is the predicted one.</summary>
    public int[] Targets => _targets ??= ResolveTargets();

    /// <summary>Ends the work with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>What the model says about the input; runs the model on first use.</summary>
    public Prediction[] Predictions => _predictions ??= Model.Predict(Input, CancellationToken);

    /// <summary>The targets as a compiled program takes them: below zero where it shall explain what it predicts itself.</summary>
    internal int[] ProgramTargets
    {
        get
        {
            if (_targets is not null)
                return _targets;
            int[] open = new int[Items];
            Array.Fill(open, -1);
            return open;
        }
    }

    /// <summary>Tells the caller how far the work is, and stops it when it was cancelled.</summary>
    /// <param name="done">Steps done.</param>
    /// <param name="total">All steps, at least 1.</param>
    public void Report(int done, int total)
    {
        CancellationToken.ThrowIfCancellationRequested();
        _progress?.Report(new AttributionProgress(done, total));
    }

    /// <summary>The same work on another input, for methods that wrap one: the targets are given, progress stays with the outer
    /// method.</summary>
    /// <param name="input">A batch of the model's shape.</param>
    /// <param name="targets">The class to explain, per item of <paramref name="input"/>.</param>
    public AttributionRequest With(FloatTensor input, IReadOnlyList<int> targets) =>
        new(Model, input, ClassTarget.PerItem(targets), progress: null, CancellationToken);

    /// <summary>Takes the predictions from logits that a method's own run gave, which saves a forward pass.</summary>
    internal void Learn(FloatTensor logits) => _predictions ??= Model.ToPredictions(logits);

    private int[] ResolveTargets() => _target.Resolve(Model, Items, () => Predictions);
}
