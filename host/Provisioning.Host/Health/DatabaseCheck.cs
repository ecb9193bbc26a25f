using Microsoft.Extensions.Diagnostics.HealthChecks;
using Provisioning.Core.Pipeline;
using Provisioning.Host.Composition;

namespace Provisioning.Host.Health;

/// <summary>The database took the last heartbeat of this host, and took it lately.</summary>
internal sealed class DatabaseCheck(DatabaseState database, NodeHealth node) : IHealthCheck
{
    public const string NotReady = "not ready";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        (database.Problem ?? (node.IsTrusted ? null : "the host has not written its heartbeat for so long that others may take it for dead")) is { } problem
            ? HealthCheckResult.Unhealthy(NotReady, data: HealthDetails.Of([problem]))
            : HealthCheckResult.Healthy());
}
