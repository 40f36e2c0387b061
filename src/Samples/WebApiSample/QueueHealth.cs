using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WebApiSample;

/// <summary>Healthy while requests are taken: the model is loaded before the first one, and a service that stops takes none.</summary>
internal sealed class QueueHealth(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("stopping") : HealthCheckResult.Healthy());
}
