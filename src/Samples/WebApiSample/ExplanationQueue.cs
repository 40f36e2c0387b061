using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace WebApiSample;

/// <summary>
/// Where requests wait for the worker. Bounded: more than that would only wait until their clients give up. A place is taken before the
/// recording is read, so that what clients send is bounded too.
/// </summary>
internal sealed class ExplanationQueue(IOptions<ServiceSettings> settings) : IDisposable
{
    // Those that wait, and the one at work
    private readonly SemaphoreSlim _places = new(settings.Value.QueueLength + 1);
    private readonly Channel<ExplanationJob> _jobs = Channel.CreateUnbounded<ExplanationJob>();

    /// <summary>Takes a place, which is given back when the result is disposed; null where there is none.</summary>
    public IDisposable? TryEnter() => _places.Wait(0) ? new Place(_places) : null;

    /// <summary>Puts the job of somebody who has a place at the end.</summary>
    public void Add(ExplanationJob job) => _jobs.Writer.TryWrite(job);

    public IAsyncEnumerable<ExplanationJob> TakeAllAsync(CancellationToken cancellationToken) =>
        _jobs.Reader.ReadAllAsync(cancellationToken);

    public void Dispose() => _places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
