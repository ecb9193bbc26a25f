using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Deciding;
using Provisioning.Core.Pipeline;
using Provisioning.Host.Configuration;
using Provisioning.Storage;
using Provisioning.Xacml;

namespace Provisioning.Host.Composition;

/// <summary>Tells the other hosts on the database that this one lives and what it runs with, and takes over from those that died.</summary>
internal sealed partial class Heartbeat(
    INodeRegistry nodes, NodeIdentity node, NodeHealth health, ConfigurationFolder configuration, PolicyFolder policies, IWakeUp wakeUp, TimeProvider time, ILogger<Heartbeat> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly string Version =
        typeof(Heartbeat).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";

    private readonly DateTimeOffset _started = time.GetUtcNow();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await nodes.LeaveAsync(node.Name, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var started = time.GetTimestamp();
                var taken = await nodes.BeatAsync(
                    new Node(node.Name, _started, Version, configuration.Current.Revision, PolicyRevision.Short(policies.Current.Revision)), stoppingToken);
                health.Beaten(started, (await nodes.ListAsync(stoppingToken)).Count(x => x.Alive));
                if (taken > 0)
                    TakeOver(taken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNoBeat(exception);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    private void TakeOver(int leases)
    {
        LogTakenOver(leases);
        foreach (var provider in configuration.Current.IdentityProviders)
            wakeUp.Wake(provider.Name);
    }

    [LoggerMessage(5201, LogLevel.Warning, "a host died: {Leases} assignments that it was working on are due again")]
    private partial void LogTakenOver(int leases);

    [LoggerMessage(5202, LogLevel.Error, "the heartbeat could not be written; other hosts may take this one for dead")]
    private partial void LogNoBeat(Exception exception);
}
