using System.Text.Json.Nodes;

namespace Provisioning.Core.Ledger;

// Attempts: a lease is taken, and an outcome comes, in time or late.
public static partial class AssignmentLife
{
    /// <summary>
    /// A call may be putting there what is desired, and its host may die before the outcome is recorded. Before anything else is desired, or
    /// anybody else takes over, what may have been sent has to be kept.
    /// </summary>
    public static bool MayBeSending(Assignment assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment is { Lease: not null, Desired: not DesiredState.Absent, DesiredAttributes: not null };
    }

    /// <summary>The holder of its lease has not been heard of in time.</summary>
    public static bool HasExpired(Assignment assignment, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment.Lease?.Until <= now;
    }

    /// <summary>Under the lease; unchanged if it is not pending, is in its grace period, or somebody else holds it.</summary>
    public static Assignment Claim(Assignment assignment, Lease lease, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        if (assignment.Status != AssignmentStatus.Pending || IsInGrace(assignment, now) || (assignment.Lease is { } held && held.Until > now))
            return assignment;
        return assignment with { Lease = lease, Uncertain = assignment.Uncertain || assignment.Lease is not null };
    }

    /// <summary>Claims an assignment whose last holder may have died in a call: what that call may have sent is kept.</summary>
    /// <param name="sent">As of <see cref="MayBeSending"/>.</param>
    public static Assignment TakeOver(Assignment assignment, Lease lease, JsonObject? sent, DateTimeOffset now) =>
        Claim(HasExpired(assignment, now) ? KeepSent(assignment, sent) : assignment, lease, now);

    /// <summary>Given back: no attempt was made.</summary>
    public static Assignment Release(Assignment assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment with { Lease = null };
    }

    /// <summary>The host of the lease is gone: the lease ends, and its assignment can be claimed at once, as uncertain.</summary>
    public static Assignment EndLease(Assignment assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment.Lease is { } lease ? assignment with { Lease = lease with { Until = DateTimeOffset.UnixEpoch } } : assignment;
    }

    /// <summary>The outcome of an attempt whose lease still stands.</summary>
    public static AttemptEffect Settle(Assignment stored, AttemptRecord record, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(record);
        var next = stored with
        {
            Applied = record.Applied,
            AppliedAttributes = record.AppliedAttributes,
            AccountId = record.AccountId,
            Uncertain = record.Uncertain,
            Unmarked = record.Unmarked,
            Lease = null,
            Modified = now,
        };

        // A late outcome linked an account while this attempt made another one.
        var stray = stored.AccountId is { } linked && linked != record.AccountBefore && linked != record.AccountId ? linked : null;
        if (stray is not null && record.AccountId is null)
            (next, stray) = (Again(next with { AccountId = stray, Applied = AppliedState.Present, Uncertain = true }, NextAttempt(stored, now)), null);
        else
            next = Decided(stored, next, record, now);
        return new AttemptEffect(next, stray);
    }

    /// <summary>
    /// The outcome of an attempt whose lease is over. Another attempt may be under way, or done, so the status is not this one's to say. But what it did at
    /// the target is there: an account that it made is linked, or removed if the assignment has another one by now.
    /// </summary>
    public static AttemptEffect SettleLate(Assignment stored, AttemptRecord record, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(record);
        if (!record.Acted)
            return new AttemptEffect(stored, null);
        var made = record.AccountId is not null && record.AccountId != record.AccountBefore ? record.AccountId : null;
        return made is not null
            ? FindLate(stored, made, record.AppliedAttributes, now)
            : new AttemptEffect(Doubt(stored, record.AppliedAttributes, now), null);
    }

    /// <summary>An account turned up that an attempt made without being heard: it is linked, or removed if the assignment has another one by now.</summary>
    /// <param name="attributes">What the account may have; null if that is not known.</param>
    public static AttemptEffect FindLate(Assignment stored, string accountId, JsonObject? attributes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (stored.AccountId is not null && stored.AccountId != accountId)
            return new AttemptEffect(stored, accountId);
        var doubted = Doubt(stored, attributes, now);
        return new AttemptEffect(doubted with { AccountId = accountId, Applied = AppliedState.Present }, null);
    }

    // What is at the target is not what is known. An attempt under way does not know that either: its outcome must not be the last word.
    private static Assignment Doubt(Assignment stored, JsonObject? attributes, DateTimeOffset now)
    {
        var unsure = stored with
        {
            AppliedAttributes = PossibleAttributes.Union(stored.AppliedAttributes, attributes),
            Uncertain = true,
            DesiredRevision = stored.DesiredRevision + 1,
            Modified = now,
        };
        var stopped = Attached(stored) is AssignmentStatus.Parked or AssignmentStatus.Discarded && stored.Desired == DesiredState.Present;
        return stopped ? unsure : Again(unsure, NextAttempt(stored, now));
    }

    /// <summary>A second account that an attempt made by mistake: an assignment of its own, desired to be absent.</summary>
    /// <param name="of">The assignment whose account it is not.</param>
    /// <param name="accountId">The second account.</param>
    public static Assignment Stray(Assignment of, string accountId, string newId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(of);
        return new Assignment
        {
            Id = newId,
            IdentityProvider = of.IdentityProvider,
            ResourceType = of.ResourceType,
            ResourceId = newId,
            ResourceName = of.ResourceName,
            ServiceProvider = of.ServiceProvider,
            Desired = DesiredState.Absent,
            DesiredRevision = 1,
            Applied = AppliedState.Present,
            AccountId = accountId,
            Status = of.Status == AssignmentStatus.Detached ? AssignmentStatus.Detached : AssignmentStatus.Pending,
            DetachedFrom = of.Status == AssignmentStatus.Detached ? AssignmentStatus.Pending : null,
            DueAt = now,
            Assigned = false,
            Decision = new JsonObject
            {
                ["assigned"] = false,
                ["reason"] = $"a second account of '{of.ResourceName}', made by an attempt that was not heard of in time",
            }.ToJsonString(),
            StrayOf = of.Id,
            Modified = now,
        };
    }

    // Keeps what a call may have sent.
    private static Assignment KeepSent(Assignment stored, JsonObject? sent) => MayBeSending(stored)
        ? stored with { AppliedAttributes = PossibleAttributes.Union(stored.AppliedAttributes, sent ?? stored.DesiredAttributes), Uncertain = true }
        : stored;

    private static Assignment Decided(Assignment stored, Assignment next, AttemptRecord record, DateTimeOffset now)
    {
        // Parked or detached by somebody while the attempt ran: what was applied is kept, and nothing is retried.
        var stopped = stored.Status is AssignmentStatus.Parked or AssignmentStatus.Detached or AssignmentStatus.Discarded;
        if (record.DesiredRevision != stored.DesiredRevision)
            return stopped ? next : next with { Status = AssignmentStatus.Pending, DueAt = NextAttempt(stored, now), Attempts = 0, FirstFailedAt = null };

        var final = stored.Status == AssignmentStatus.Detached || (stored.Status == AssignmentStatus.Discarded && record.Status == AssignmentStatus.Parked);
        if (stopped && (final || record.Status == AssignmentStatus.Pending))
            return next;
        return next with
        {
            Status = record.Status,
            Attempts = record.Attempts,
            DueAt = record.DueAt,
            FirstFailedAt = record.FirstFailedAt,
            LastFailure = record.Attempt.Failure,
            LastError = record.Attempt.Failure is null ? null : record.Attempt.Message,
            Parked = record.Parked,
            DiscardReason = null,
        };
    }
}
