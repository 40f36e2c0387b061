namespace AudioEmotionXai.Evaluation;

/// <summary>Verifies explanations: whether what methods call important is what the model needs, and whether they find what is known to
/// matter.</summary>
/// <example>
/// <code>
/// using AudioClassifier model = AudioClassifier.Load("model.onnx");
/// Corpus corpus = new(NpyFile.Read("spectrograms.npy"));
/// VerificationResult result = Verification.Run(model, corpus, new() { Methods = [new Lrp(), new GradCam()] });
/// Console.WriteLine(result.Verdict);
/// </code>
/// </example>
public static class Verification
{
    /// <summary>Verifies in memory: nothing is written.</summary>
    /// <param name="model">The model.</param>
    /// <param name="corpus">The clips.</param>
    /// <param name="options">Methods, protocols and seed.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the model does not take the clips.</exception>
    /// <exception cref="AnswerNotFiniteException">The model has a finite answer to none of the clips.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static VerificationResult Run(
        AudioClassifier model, Corpus corpus, VerificationOptions options, IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Run(model, corpus, options, folder: null, explainer: null, progress, cancellationToken)!;

    /// <summary>Verifies batch by batch into a folder, or goes on with what is there.</summary>
    /// <param name="model">The model.</param>
    /// <param name="corpus">The clips.</param>
    /// <param name="options">Methods, protocols and seed.</param>
    /// <param name="folder">Keeps what is finished.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="cancellationToken">Ends the work; finished batches stay.</param>
    /// <returns>The tables, or null while batches of other shards are missing.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or the folder holds batches of another run.</exception>
    /// <exception cref="FormatException">A folder to merge holds a damaged batch; the message names its file.</exception>
    /// <exception cref="AnswerNotFiniteException">The model has a finite answer to none of the clips.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static VerificationResult? Run(
        AudioClassifier model, Corpus corpus, VerificationOptions options, VerificationFolder folder,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Run(model, corpus, options, folder, explainer: null, progress, cancellationToken);
    }

    /// <summary>The same, with an explainer that the caller goes on to use.</summary>
    internal static VerificationResult? Run(
        AudioClassifier model, Corpus corpus, VerificationOptions options, VerificationFolder? folder, Explainer? explainer,
        IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ThrowIfTruthUnknown(model, corpus);
        using PlaneForm form = PlaneForm.Of(model);
        Corpus plain = corpus.In(form);
        VerificationOptions chosen = options with { Controlled = options.Controlled.For(corpus.Count) };
        return new VerificationRun(
            form.Model, plain, chosen, folder, explainer ?? Explainer.For(form.Model, plain, options), progress, cancellationToken).Run();
    }

    private static void ThrowIfTruthUnknown(AudioClassifier model, Corpus corpus)
    {
        for (int clip = 0; clip < (corpus.Truths?.Count ?? 0); clip++)
            if (corpus.Truths![clip] < 0 || corpus.Truths[clip] >= model.Labels.Count)
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"The true class of clip {clip} is {corpus.Truths[clip]}; {model.Name} has classes 0 to {model.Labels.Count - 1}."),
                    nameof(corpus));
    }
}
