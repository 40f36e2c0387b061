using AudioEmotionXai;

namespace WebApiSample;

/// <summary>Takes jobs from the queue, one after the other: a single run uses all cores already.</summary>
internal sealed class ExplanationWorker(ExplanationQueue queue, AudioClassifier model) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (ExplanationJob job in queue.TakeAllAsync(stoppingToken))
            await Task.Run(() => job.Run(model), CancellationToken.None);
    }
}
