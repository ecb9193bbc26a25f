using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Deciding;
using Provisioning.Core.Pipeline;
using Provisioning.Host.Configuration;
using Provisioning.Scheduling;
using Provisioning.Storage;
using Provisioning.Xacml;

namespace Provisioning.Host.Composition;

/// <summary>Tells the other hosts on the database that this one lives and what it runs with, and takes over from those that died.</summary>
internal sealed partial class Heartbeat(
    INodeRegistry nodes,
    NodeIdentity node,
    NodeHealth health,
    DatabaseHistory history,
    DatabaseState database,
    ConfigurationFolder configuration,
    PolicyFolder policies,
    IWakeUp wakeUp,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<Heartbeat> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // A host that cannot say goodbye is taken for dead a little later.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private static readonly string Version =
        typeof(Heartbeat).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";

    private readonly DateTimeOffset _started = time.GetUtcNow();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await nodes.LeaveAsync(node.Name, cancellationToken).WaitAsync(Farewell, time, cancellationToken);
        }
        catch (Exception exception)
        {
            LogNoFarewell(exception.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WhenStartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await BeatAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Fail(exception);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var taken = await nodes.BeatAsync(
            new Node(node.Name, _started, Version, configuration.Current.Revision, PolicyRevision.Short(policies.Current.Revision)), cancellationToken);
        health.Beaten(started, (await nodes.ListAsync(cancellationToken)).Count(x => x.Alive));
        await history.AdvanceAsync(cancellationToken);
        database.Answered();
        if (taken > 0)
            TakeOver(taken);
    }

    private void Fail(Exception exception)
    {
        if (!database.Failed(exception.Message))
            return;
        if (exception is DatabaseAwayException)
            LogAway(exception.Message);
        else if (exception is IOException)
            LogNoAnswer(exception.Message);
        else
            LogNoBeat(exception);
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

    [LoggerMessage(5205, LogLevel.Error, "the heartbeat could not be written; other hosts may take this one for dead: {Reason}")]
    private partial void LogNoAnswer(string reason);

    [LoggerMessage(5206, LogLevel.Critical, "{Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(5207, LogLevel.Warning, "the other hosts were not told that this one stops; they take it for dead in half a minute: {Reason}")]
    private partial void LogNoFarewell(string reason);
}
