using AudioEmotionXai;

namespace WebApiSample;

/// <summary>One request's work: a recording as it came, what to explain, and what ends the waiting.</summary>
internal sealed class ExplanationJob(MemoryStream body, AttributionMethod method, ClassTarget target, CancellationToken ending)
    : IDisposable
{
    private readonly TaskCompletionSource<Explanation> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MemoryStream? _body = body;

    /// <summary>The explanation; a <see cref="FormatException"/> or <see cref="ArgumentException"/> where the recording is none.</summary>
    public Task<Explanation> Answer => _answer.Task;

    /// <summary>Does the work, unless its client has gone; never throws.</summary>
    public void Run(AudioClassifier model)
    {
        try
        {
            ending.ThrowIfCancellationRequested();
            AudioClip clip = WavReader.Read(Take() ?? throw new OperationCanceledException(), "the upload");
            _answer.SetResult(method.Explain(model, clip, target, cancellationToken: ending));
        }
        catch (OperationCanceledException)
        {
            _answer.SetCanceled(ending);
        }
        catch (Exception failure)
        {
            _answer.SetException(failure);
        }
    }

    /// <summary>Lets go of the recording: a job whose client has gone may stand in the queue for a while yet.</summary>
    public void Dispose() => Take();

    private MemoryStream? Take() => Interlocked.Exchange(ref _body, null);
}
