using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Configuration;
using Provisioning.Core.Reconciling;
using Quartz;

namespace Provisioning.Scheduling;

/// <summary>Keeps one Quartz job for each identity provider, with the trigger of its schedule, and one more for what is asked for by hand.</summary>
internal sealed partial class ReconciliationScheduler(
    ISchedulerFactory factory, IReconciliationStore store, IConfigurationSource configuration, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<ReconciliationScheduler> logger)
    : BackgroundService, IReconciliationTrigger
{
    public const string ScheduleGroup = "reconciliation-schedule";
    private const string Group = "reconciliation";
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, bool> _jobs = new(StringComparer.Ordinal);
    private ProvisioningConfiguration? _scheduled;

    public async Task TriggerAsync(string identityProvider, CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        await EnsureJobAsync(scheduler, identityProvider, cancellationToken);
        var trigger = TriggerBuilder.Create().WithIdentity(identityProvider, Group).ForJob(new JobKey(identityProvider, Group)).StartAt(time.GetUtcNow()).Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.KeepEarlier, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WhenStartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // The store first: a Quartz that met a database that is away is of no use any more.
                var unfinished = await store.UnfinishedAsync(stoppingToken);
                if (!ReferenceEquals(_scheduled, configuration.Current))
                    await ScheduleAsync(configuration.Current, stoppingToken);

                // Also what a host that died left running: the trigger waits while somebody runs it.
                foreach (var identityProvider in unfinished)
                    await TriggerAsync(identityProvider, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogNotScheduled(exception.Message);
            }

            await Task.Delay(LookAgain, time, stoppingToken);
        }
    }

    private async Task ScheduleAsync(ProvisioningConfiguration current, CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        foreach (var provider in current.IdentityProviders)
            await ScheduleAsync(scheduler, provider, cancellationToken);
        foreach (var gone in (_scheduled?.IdentityProviders ?? []).Where(x => current.FindIdentityProvider(x.Name) is null))
            await scheduler.UnscheduleJob(new TriggerKey(gone.Name, ScheduleGroup), cancellationToken);
        _scheduled = current;
    }

    private async Task ScheduleAsync(IScheduler scheduler, IdentityProvider provider, CancellationToken cancellationToken)
    {
        var key = new TriggerKey(provider.Name, ScheduleGroup);
        var settings = provider.Reconciliation;
        if (settings.Schedule is null)
        {
            await scheduler.UnscheduleJob(key, cancellationToken);
            return;
        }

        // Another host may have set it, and it may be due at this moment: what is as it should be stays.
        if (await scheduler.GetTrigger(key, cancellationToken) is ICronTrigger known
            && known.CronExpressionString == settings.Schedule && known.TimeZone.Id == settings.TimeZone)
            return;
        await EnsureJobAsync(scheduler, provider.Name, cancellationToken);
        var trigger = TriggerBuilder.Create().WithIdentity(key).ForJob(new JobKey(provider.Name, Group))
            .WithCronSchedule(settings.Schedule, x => x.InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone)))
            .Build();
        if (trigger.GetFireTimeAfter(time.GetUtcNow()) is null)
        {
            // Quartz would refuse it, and with it all that comes after it.
            LogOver(provider.Name, settings.Schedule);
            await scheduler.UnscheduleJob(key, cancellationToken);
            return;
        }

        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken);
    }

    private async Task EnsureJobAsync(IScheduler scheduler, string identityProvider, CancellationToken cancellationToken)
    {
        if (_jobs.ContainsKey(identityProvider))
            return;
        var job = JobBuilder.Create<ReconciliationJob>().WithIdentity(identityProvider, Group).StoreDurably().RequestRecovery().Build();
        await scheduler.AddJob(job, new AddJobOptions { Replace = true }, cancellationToken);
        _jobs.TryAdd(identityProvider, true);
    }

    [LoggerMessage(2202, LogLevel.Warning, "{IdentityProvider}: the schedule '{Schedule}' has no time left; it is reconciled by hand only")]
    private partial void LogOver(string identityProvider, string schedule);

    [LoggerMessage(2201, LogLevel.Error, "reconciliations could not be scheduled; it is tried again: {Reason}")]
    private partial void LogNotScheduled(string reason);
}
