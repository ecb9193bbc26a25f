using Microsoft.Extensions.Logging;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;

namespace Provisioning.Host.Replanning;

/// <summary>
/// Decides again about everybody whose moment has come, on one host at a time. Those who lose an account wait until all are counted; what is
/// more than a guard lets go is held for approval, the rest goes.
/// </summary>
internal sealed partial class DueDecisions(
    DueUsers due,
    ClockLosses guard,
    ClockRecord clock,
    HeldPlans held,
    Replanner replanner,
    INamedLeases leases,
    NodeIdentity node,
    TimeProvider time,
    ILogger<DueDecisions> logger) : IDueDecisions
{
    // Not that of the replan, which may take long.
    private readonly ReplanLease _lease = new(leases, node, time, "clock");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await clock.WasSetBackAsync(now, cancellationToken))
        {
            // Nobody knows until when what was decided later than now held before.
            LogSetBack(now);
            await replanner.ForgetAsync(replanner.Revision, cancellationToken);
        }

        await clock.NoteAsync(now, cancellationToken);
        if (!await due.AnyAsync(now, cancellationToken) || !await _lease.TryTakeAsync(cancellationToken))
            return;
        try
        {
            await held.RefreshAsync(cancellationToken);
            await DecideAsync(now, cancellationToken);
        }
        catch (ReplanLostException)
        {
            LogLost();
        }
        finally
        {
            await _lease.ReleaseAsync();
        }
    }

    private async Task DecideAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var losses = new Dictionary<string, LossCount>(StringComparer.Ordinal);
        var decided = await due.DecideAsync(now, guard.Counts, plans => guard.Add(plans, losses), () => _lease.KeepAsync(cancellationToken), cancellationToken);
        if (losses.Count > 0)
        {
            await guard.HoldAsync(losses, replanner.Revision, cancellationToken);
            decided += await due.DecideAsync(now, _ => false, _ => { }, () => _lease.KeepAsync(cancellationToken), cancellationToken);
        }

        if (decided > 0)
            LogDecided(decided);
    }

    [LoggerMessage(5111, LogLevel.Information, "decided again about {Users} users because time has passed")]
    private partial void LogDecided(long users);

    [LoggerMessage(5113, LogLevel.Warning, "the clock was set back to {Now}: everybody is planned again")]
    private partial void LogSetBack(DateTimeOffset now);

    [LoggerMessage(5114, LogLevel.Warning, "another host goes on deciding about those whose moment has come")]
    private partial void LogLost();
}
