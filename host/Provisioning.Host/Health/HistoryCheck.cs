using Microsoft.Extensions.Diagnostics.HealthChecks;
using Provisioning.Host.Composition;

namespace Provisioning.Host.Health;

/// <summary>The database knows all that this host has seen in it.</summary>
internal sealed class HistoryCheck(DatabaseHistory history) : IHealthCheck
{
    public const string Warned = "ready, with a warning";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        history.Problem is { } problem ? HealthCheckResult.Degraded(Warned, data: HealthDetails.Of([problem])) : HealthCheckResult.Healthy());
}
