using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace WebApiSample;

/// <summary>Where requests wait for the worker. Bounded: more than that would only wait until their clients give up.</summary>
internal sealed class ExplanationQueue(IOptions<ServiceSettings> settings)
{
    private readonly Channel<ExplanationJob> _jobs = Channel.CreateBounded<ExplanationJob>(settings.Value.QueueLength);

    /// <summary>Puts a job at the end; false where the queue is full.</summary>
    public bool TryAdd(ExplanationJob job) => _jobs.Writer.TryWrite(job);

    public IAsyncEnumerable<ExplanationJob> TakeAllAsync(CancellationToken cancellationToken) =>
        _jobs.Reader.ReadAllAsync(cancellationToken);
}
