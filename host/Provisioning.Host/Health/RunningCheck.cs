using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Provisioning.Host.Composition;

namespace Provisioning.Host.Health;

/// <summary>The host has started, and does not stop.</summary>
internal sealed class RunningCheck(StartGate gate, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public const string Starting = "starting";
    public const string Stopping = "stopping";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy(Stopping)
        : gate.IsOpen ? HealthCheckResult.Healthy()
        : HealthCheckResult.Unhealthy(Starting));
}
