using AudioEmotionXai.Models;

namespace WebApiSample;

/// <summary>Takes jobs from the queue, one after the other: a single run uses all cores already.</summary>
internal sealed class ExplanationWorker(ExplanationQueue queue, EmotionModel model) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (ExplanationJob job in queue.TakeAllAsync(stoppingToken))
            await Task.Run(() => job.Run(model, stoppingToken), CancellationToken.None);
    }
}
