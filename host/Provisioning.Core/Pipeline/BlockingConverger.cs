using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Pipeline;

/// <summary>
/// Converges while a caller waits, outside of the drain's concurrency, so that a backlog cannot delay a sign-in. When the caller's
/// time is over the attempt goes on and is recorded as any other.
/// </summary>
public sealed class BlockingConverger(AssignmentWorker worker, ILedger ledger, NodeIdentity node, IWakeUp wakeUp, TimeProvider time)
{
    // The lease must outlive the attempt, else another worker would start a second one beside it.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    public Lease NewLease(Binding binding) => new($"{node.Name}/{Guid.CreateVersion7():n}", time.GetUtcNow() + binding.BlockingTimeout + TimeSpan.FromMinutes(5) + Margin);

    public async Task<AssignmentOutcome> ConvergeAsync(Assignment assignment, IdentityProvider provider, Binding binding)
    {
        if (assignment.Status == AssignmentStatus.Done)
            return new AssignmentOutcome(assignment, true);
        if (assignment.LeaseOwner?.StartsWith(node.Name + "/", StringComparison.Ordinal) != true)
            return await WaitForOtherAsync(assignment, binding);

        var attempt = Task.Run(() => worker.RunAsync(assignment, provider, CancellationToken.None));
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
