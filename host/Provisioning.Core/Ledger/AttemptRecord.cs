using System.Text.Json.Nodes;

namespace Provisioning.Core.Ledger;

/// <summary>The outcome of one attempt and the state that follows from it.</summary>
/// <param name="LeaseToken">The lease that the attempt ran under. If another one holds the assignment by now, the outcome is late: what it
/// tells about accounts is kept, what it decides about the retry is not.</param>
/// <param name="DesiredRevision">What was converged to. If the desired revision has grown since, the assignment stays pending and due
/// now whatever <see cref="Status"/> says, but what was applied is kept.</param>
/// <param name="DueAt">When to try again, if pending.</param>
public sealed record AttemptRecord(
    Attempt Attempt,
    string LeaseToken,
    long DesiredRevision,
    AppliedState Applied,
    JsonObject? AppliedAttributes,
    string? AccountId,
    bool Uncertain,
    AssignmentStatus Status,
    ParkedBecause? Parked,
    int Attempts,
    DateTimeOffset DueAt,
    DateTimeOffset? FirstFailedAt)
{
    /// <summary>Something was changed at the target, or may have been.</summary>
    public bool Acted { get; init; }

    /// <summary>A create was sent, and its answer never came.</summary>
    public bool CreateUnheard { get; init; }

    /// <inheritdoc cref="Assignment.Unmarked" />
    public bool Unmarked { get; init; }

    /// <summary>A caller waits for it.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>The account when the assignment was claimed.</summary>
    public string? AccountBefore { get; init; }

    /// <summary>
    /// It has another account than before (created, recreated, adopted, deleted). Where it is a user's, groups with this user, and users who name
    /// this one (as their manager) at the same identity provider, become pending in the same transaction, so that they follow.
    /// </summary>
    public bool AccountChanged => AccountId != AccountBefore;
}
