using System.Runtime.CompilerServices;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Pipeline;

/// <summary>
/// Converges while a caller waits, outside of the drain's concurrency, so that a backlog cannot delay a sign-in. One attempt at a time works
/// on an assignment: a caller who finds another attempt under way waits for it, and answers with its outcome. When the caller's time is over
/// the attempt goes on and is recorded as any other.
/// </summary>
public sealed class BlockingConverger(
    AssignmentWorker worker, ILedger ledger, TargetGate gate, AttemptsUnderWay underWay, NodeIdentity node, NodeHealth health, IWakeUp wakeUp, TimeProvider time)
{
    // The lease must outlive the attempt and the wait for its turn, else another worker would start a second one beside it. A host that dies is
    // noticed by its heartbeat.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    // An attempt on another host sends no signal.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConditionalWeakTable<IdentityProvider, Slots> _slots = [];

    public Lease NewLease(Binding binding) => node.NewLease(time.GetUtcNow() + binding.BlockingTimeout + Margin);

    /// <param name="assignment">As it was committed.</param>
    /// <param name="lease">The lease that was asked for with the commit; the assignment may be under another one.</param>
    /// <param name="provider">Where it belongs.</param>
    /// <param name="binding">Says how long the caller waits.</param>
    public async Task<AssignmentOutcome> ConvergeAsync(Assignment assignment, Lease? lease, IdentityProvider provider, Binding binding)
    {
        var deadline = time.GetUtcNow() + binding.BlockingTimeout;
        var pause = PollInterval;
        var isWaiting = false;
        while (assignment.Status == AssignmentStatus.Pending)
        {
            if (assignment.Lease is { } held && held.Token == lease?.Token)
            {
                if (await AttemptAsync(assignment, provider, deadline) is not { } outcome)
                {
                    assignment = await ReadAsync(assignment);
                    continue;
                }

                if (outcome.Failure is not { IsWait: true } || time.GetUtcNow() + pause >= deadline)
                    return outcome;

                // A leaver's account, or a name, is in the way for a moment: the caller has time to wait for that.
                isWaiting = true;
                await Task.Delay(pause, time);
                (pause, lease) = (pause * 2, NewLease(binding));
                assignment = await ClaimAsync(outcome.Assignment, lease);
                continue;
            }

            if (time.GetUtcNow() >= deadline)
            {
                wakeUp.Wake(provider.Name);
                return new AssignmentOutcome(assignment, true, TimedOut: true);
            }

            if (assignment.Lease is { } other && other.Until > time.GetUtcNow())
            {
                await WaitForOtherAsync(assignment, deadline);
                assignment = await ReadAsync(assignment);
                continue;
            }

            // Somebody else tried, and it is to be tried again later. Whoever only waits for another account of ours has time for that.
            if (assignment.DueAt > time.GetUtcNow() && isWaiting && time.GetUtcNow() + pause < deadline)
            {
                await Task.Delay(pause, time);
                pause *= 2;
            }
            else if (assignment.DueAt > time.GetUtcNow())
                return new AssignmentOutcome(assignment, true, assignment.LastFailure is null ? null : FailureOf(assignment));
            lease = NewLease(binding);
            assignment = await ClaimAsync(assignment, lease);
        }

        return new AssignmentOutcome(assignment, true, FailureOf(assignment));
    }

    /// <summary>The commit that asked for this lease failed, and may have stored it all the same: it is given back as soon as the ledger answers.</summary>
    public void GiveBack(Lease lease, string identityProvider)
    {
        ArgumentNullException.ThrowIfNull(lease);
        _ = Stubborn.RunAsync(
            async () =>
            {
                await ledger.ReleaseAsync(lease, CancellationToken.None);
                wakeUp.Wake(identityProvider);
                return true;
            },
            lease.Until, time, static _ => { });
    }

    private Task<Assignment> ClaimAsync(Assignment assignment, Lease lease) => HoldingAsync(
        lease,
        assignment.IdentityProvider,
        async () => await ledger.ClaimAsync(assignment.Id, lease, time.GetUtcNow(), CancellationToken.None) ?? assignment with { Status = AssignmentStatus.Done });

    // A row that is gone has nothing left to do.
    private async Task<Assignment> ReadAsync(Assignment assignment) =>
        await ledger.FindAssignmentAsync(assignment.Id, CancellationToken.None) ?? assignment with { Status = AssignmentStatus.Done };

    /// <returns>Null if the attempt does not say how it ends: something else is desired by now, or another attempt took over.</returns>
    private async Task<AssignmentOutcome?> AttemptAsync(Assignment assignment, IdentityProvider provider, DateTimeOffset deadline)
    {
        var refused = await HoldingAsync(
            assignment.Lease!,
            provider.Name,
            async () => await gate.AdmitAsync(provider, recheck: true, CancellationToken.None) is { IsOpen: false } rest ? await RefuseAsync(assignment, rest) : null);
        if (refused is not null)
            return refused;

        var attempt = Task.Run(() => RunAsync(assignment, provider));
        try
        {
            var wait = deadline - time.GetUtcNow();
            var result = await attempt.WaitAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time);
            var after = await ledger.FindAssignmentAsync(assignment.Id, CancellationToken.None) ?? assignment;
            if (after.Status == AssignmentStatus.Pending)
                wakeUp.Wake(provider.Name);
            var isOvertaken = result.IsLate || after.DesiredRevision != assignment.DesiredRevision;
            return isOvertaken ? null : new AssignmentOutcome(after, true, result.Failure) { Created = result.Created };
        }
        catch (TimeoutException)
        {
            _ = attempt.ContinueWith(_ => wakeUp.Wake(provider.Name), TaskScheduler.Default);
            return new AssignmentOutcome(assignment, true, TimedOut: true);
        }
    }

    // A share of the capacity for those who wait: the drain has its own, and every host may have callers.
    private async Task<AttemptResult> RunAsync(Assignment assignment, IdentityProvider provider)
    {
        var slots = _slots.GetValue(provider, x => new Slots(() => Math.Max(1, x.Limits.BlockingConcurrency / health.Hosts)));
        await slots.EnterAsync();
        try
        {
            return await worker.RunAsync(assignment, provider, ahead: true);
        }
        finally
        {
            slots.Leave();
        }
    }

    // The target rests, and asking it would only make the caller wait: the drain does it when it may.
    private async Task<AssignmentOutcome> RefuseAsync(Assignment assignment, Admission admission)
    {
        await ledger.ReleaseAsync([assignment], CancellationToken.None);
        wakeUp.Wake(assignment.IdentityProvider);
        var until = admission.Until is { } moment ? $"until {moment:yyyy-MM-dd HH:mm:ss} UTC" : "until an operator resumes it";
        return new AssignmentOutcome(
            assignment with { Lease = null },
            true,
            new Failure(admission.Condition.ToFailure(), $"'{assignment.IdentityProvider}' is left alone {until}: {admission.Reason}"))
        {
            Rest = admission.Condition,
            IsMaintenance = admission.IsMaintenance,
        };
    }

    // The caller hears of the failure at once. The lease would keep everybody else from the assignment for an hour, so it does not stay.
    private async Task<T> HoldingAsync<T>(Lease lease, string identityProvider, Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch
        {
            GiveBack(lease, identityProvider);
            throw;
        }
    }

    private async Task WaitForOtherAsync(Assignment assignment, DateTimeOffset deadline)
    {
        var rest = deadline - time.GetUtcNow();
        if (rest <= TimeSpan.Zero)
            return;
        if (underWay.EndOf(assignment.Id) is { } end)
            await end.WaitAsync(rest, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        else
            await Task.Delay(rest < PollInterval ? rest : PollInterval, time);
    }

    private static Failure? FailureOf(Assignment assignment) => assignment.Status == AssignmentStatus.Done
        ? null
        : new Failure(assignment.LastFailure ?? FailureKind.Transient, assignment.LastError ?? "not done yet");
}
