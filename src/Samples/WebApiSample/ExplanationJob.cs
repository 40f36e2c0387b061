using AudioEmotionXai;

namespace WebApiSample;

/// <summary>One request's work: what to explain, who waits for it, and what ends the waiting.</summary>
internal sealed class ExplanationJob(AudioClip clip, AttributionMethod method, ClassTarget target, CancellationToken cancelled)
{
    private readonly TaskCompletionSource<Explanation> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Explanation> Answer => _answer.Task;

    /// <summary>Does the work, unless its client has gone; never throws.</summary>
    public void Run(AudioClassifier model, CancellationToken stopping)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, stopping);
        try
        {
            _answer.SetResult(method.Explain(model, clip, target, cancellationToken: either.Token));
        }
        catch (OperationCanceledException)
        {
            _answer.SetCanceled(either.Token);
        }
        catch (Exception failure)
        {
            _answer.SetException(failure);
        }
    }
}
