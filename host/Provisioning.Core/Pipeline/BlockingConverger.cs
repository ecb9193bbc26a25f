using System.Runtime.CompilerServices;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Pipeline;

/// <summary>
/// Converges while a caller waits, outside of the drain's concurrency, so that a backlog cannot delay a sign-in. When the caller's
/// time is over the attempt goes on and is recorded as any other.
/// </summary>
public sealed class BlockingConverger(
    AssignmentWorker worker, ILedger ledger, TargetGate gate, NodeIdentity node, NodeHealth health, IWakeUp wakeUp, TimeProvider time)
{
    // The lease must outlive the attempt, else another worker would start a second one beside it.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(6);

    private readonly ConditionalWeakTable<IdentityProvider, Slots> _slots = [];

    public Lease NewLease(Binding binding) => new(node.NewOwner(), time.GetUtcNow() + binding.BlockingTimeout + Margin);

    public async Task<AssignmentOutcome> ConvergeAsync(Assignment assignment, IdentityProvider provider, Binding binding)
    {
        if (assignment.Status == AssignmentStatus.Done)
            return new AssignmentOutcome(assignment, true);
        if (assignment.LeaseOwner?.StartsWith(node.Name + "/", StringComparison.Ordinal) != true)
            return await WaitForOtherAsync(assignment, binding);

        var admission = await gate.AdmitAsync(provider, recheck: false, CancellationToken.None);
        if (!admission.IsOpen)
            return await RefuseAsync(assignment, admission);

        var attempt = Task.Run(() => AttemptAsync(assignment, provider));
        try
        {
            var failure = await attempt.WaitAsync(binding.BlockingTimeout, time);
            var after = await ledger.FindAssignmentAsync(assignment.Id, CancellationToken.None) ?? assignment;
            if (after.Status == AssignmentStatus.Pending)
                wakeUp.Wake(provider.Name);
            return new AssignmentOutcome(after, true, failure);
        }
        catch (TimeoutException)
        {
            _ = attempt.ContinueWith(_ => wakeUp.Wake(provider.Name), TaskScheduler.Default);
            return new AssignmentOutcome(assignment, true, TimedOut: true);
        }
    }

    // A share of the capacity for those who wait: the drain has its own, and every host may have callers.
    private async Task<Failure?> AttemptAsync(Assignment assignment, IdentityProvider provider)
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
            assignment with { LeaseOwner = null, LeaseUntil = null },
            true,
            new Failure(admission.Condition.ToFailure(), $"'{assignment.IdentityProvider}' is left alone {until}: {admission.Reason}"));
    }

    // Somebody else is at work on the same account (an earlier request, a drain): their outcome, or a later one, is ours.
    private async Task<AssignmentOutcome> WaitForOtherAsync(Assignment assignment, Binding binding)
    {
        wakeUp.Wake(assignment.IdentityProvider);
        var deadline = time.GetUtcNow() + binding.BlockingTimeout;
        while (time.GetUtcNow() < deadline)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time);
            if (await ledger.FindAssignmentAsync(assignment.Id, CancellationToken.None) is not { } now)
                break;
            if (now.Status != AssignmentStatus.Pending)
                return new AssignmentOutcome(now, true, FailureOf(now));
            if (now is { LastFailure: not null, LeaseOwner: null } && now.DueAt > time.GetUtcNow())
                return new AssignmentOutcome(now, true, FailureOf(now));
        }

        return new AssignmentOutcome(assignment, true, TimedOut: true);
    }

    private static Failure? FailureOf(Assignment assignment) => assignment.Status == AssignmentStatus.Done
        ? null
        : new Failure(assignment.LastFailure ?? FailureKind.Transient, assignment.LastError ?? "not done yet");
}
