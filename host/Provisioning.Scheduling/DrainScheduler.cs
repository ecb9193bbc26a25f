using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Quartz;

namespace Provisioning.Scheduling;

/// <summary>
/// Keeps one Quartz job with one trigger for each identity provider. A wake-up is a flag and a place in a channel: ten thousand of
/// them while a drain runs schedule one trigger.
/// </summary>
internal sealed partial class DrainScheduler(
    ISchedulerFactory factory, ILedger ledger, IConfigurationSource configuration, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DrainScheduler> logger)
    : BackgroundService, IWakeUp
{
    private const string Group = "drain";
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetentionInterval = TimeSpan.FromHours(1);

    // A drain that started here has said so by then. One trigger a second is what a host sets at most while another one drains.
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(1);

    // The database may be away while the host starts.
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(2);

    private readonly WakeUps _wakeUps = new();
    private readonly ConcurrentDictionary<string, bool> _jobs = new(StringComparer.Ordinal);
    private readonly Channel<string> _toArm = Channel.CreateUnbounded<string>();

    public void Wake(string identityProvider)
    {
        if (_wakeUps.Add(identityProvider))
            _toArm.Writer.TryWrite(identityProvider);
    }

    /// <summary>From here on a wake-up is news again: the drain may already have looked.</summary>
    public void Started(string identityProvider) => _wakeUps.Started(identityProvider);

    /// <summary>Sets the trigger, or moves it to the front. While the host stops nothing is set: the next start finds what is due.</summary>
    public async Task ArmAsync(string identityProvider, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
                await SetAsync(identityProvider, at, cancellationToken);
        }
        catch (Exception exception) when (exception is SchedulerException && lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The scheduler was shut down in between.
        }
    }

    /// <summary>Sets the triggers of what is done from time to time, counted from now.</summary>
    public async Task ScheduleSweepAsync(CancellationToken cancellationToken)
    {
        await StartAsync<SweepJob>("sweep", SweepInterval, TimeSpan.Zero, cancellationToken);
        await StartAsync<LateAccountsJob>("late-accounts", SweepInterval, TimeSpan.Zero, cancellationToken);
        await StartAsync<RetentionJob>("retention", RetentionInterval, RetentionInterval, cancellationToken);
    }

    private async Task SetAsync(string identityProvider, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        await EnsureJobAsync(scheduler, identityProvider, cancellationToken);
        var now = time.GetUtcNow();
        var trigger = TriggerBuilder.Create()
            .WithIdentity(identityProvider, Group)
            .ForJob(new JobKey(identityProvider, Group))
            .StartAt(at < now ? now : at)
            .Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.KeepEarlier, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WhenStartedAsync(stoppingToken);
        await BeginAsync(stoppingToken);
        await foreach (var identityProvider in _toArm.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                _wakeUps.Arming(identityProvider);
                await ArmAsync(identityProvider, time.GetUtcNow(), stoppingToken);
                _ = ExpireAsync(identityProvider, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The sweep will find the work; the next wake-up must be able to try again.
                Started(identityProvider);
                LogNotArmed(identityProvider, exception.Message);
            }
        }
    }

    private async Task BeginAsync(CancellationToken stoppingToken)
    {
        for (var told = false; ; told = true)
        {
            try
            {
                // The ledger first: a Quartz that met a database that is away is of no use any more.
                await ledger.NextDueAsync("", stoppingToken);
                await ScheduleSweepAsync(stoppingToken);
                foreach (var provider in configuration.Current.IdentityProviders)
                    if (await ledger.NextDueAsync(provider.Name, stoppingToken) is not null)
                        Wake(provider.Name);
                return;
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (!told)
                    LogNotBegun(exception.Message);
                await Task.Delay(TryAgain, time, stoppingToken);
            }
        }
    }

    private async Task ExpireAsync(string identityProvider, CancellationToken stoppingToken)
    {
        await Task.Delay(Unheard, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_wakeUps.Expired(identityProvider))
            _toArm.Writer.TryWrite(identityProvider);
    }

    private async Task StartAsync<T>(string name, TimeSpan interval, TimeSpan first, CancellationToken cancellationToken)
        where T : IJob
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        var job = JobBuilder.Create<T>().WithIdentity(name).StoreDurably().Build();
        await scheduler.AddJob(job, new AddJobOptions { Replace = true }, cancellationToken);
        var trigger = TriggerBuilder.Create().WithIdentity(name).ForJob(job.Key).StartAt(time.GetUtcNow() + first)
            .WithSimpleSchedule(x => x.WithInterval(interval).RepeatForever()).Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken);
    }

    private async Task EnsureJobAsync(IScheduler scheduler, string identityProvider, CancellationToken cancellationToken)
    {
        if (_jobs.ContainsKey(identityProvider))
            return;
        var job = JobBuilder.Create<DrainJob>().WithIdentity(identityProvider, Group).StoreDurably().RequestRecovery().Build();
        await scheduler.AddJob(job, new AddJobOptions { Replace = true }, cancellationToken);
        _jobs.TryAdd(identityProvider, true);
    }

    [LoggerMessage(2001, LogLevel.Error, "could not wake the drain of {IdentityProvider}; the sweep will: {Reason}")]
    private partial void LogNotArmed(string identityProvider, string reason);

    [LoggerMessage(2002, LogLevel.Warning, "work cannot be scheduled yet; it is tried again every two seconds: {Reason}")]
    private partial void LogNotBegun(string reason);
}
