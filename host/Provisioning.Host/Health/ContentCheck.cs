using Microsoft.Extensions.Diagnostics.HealthChecks;
using Provisioning.Host.Configuration;
using Provisioning.Xacml;

namespace Provisioning.Host.Health;

/// <summary>The newest configuration and policies are in force.</summary>
internal sealed class ContentCheck(ConfigurationFolder configuration, PolicyFolder policies) : IHealthCheck
{
    public const string LastGood = "ready with the last good state";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        List<object> problems = [.. configuration.Problems, .. policies.Problems];
        return Task.FromResult(problems.Count > 0 ? HealthCheckResult.Degraded(LastGood, data: HealthDetails.Of(problems)) : HealthCheckResult.Healthy());
    }
}
