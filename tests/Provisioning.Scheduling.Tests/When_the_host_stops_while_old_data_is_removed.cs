using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Scheduling.Tests;

/// <summary>The scheduler waits for its jobs, and a removal that begins with years of data takes long.</summary>
public sealed class When_the_host_stops_while_old_data_is_removed : IRetention, IConfigurationSource
{
    public ProvisioningConfiguration Current => ProvisioningConfiguration.Empty;

    [Fact]
    public async Task Should_leave_the_rest_to_the_next_time()
    {
        var host = ScriptedHost.Listening();
        var running = new RetentionJob(this, this, host, NullLogger<RetentionJob>.Instance).Execute(null!, TestContext.Current.CancellationToken).AsTask();
        host.StopApplication();
        await running.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    async Task<long> IRetention.PruneAsync(RetentionSettings settings, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return 0;
    }
}
