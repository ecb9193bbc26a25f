using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Provisioning.Core.Ledger;

/// <summary>One user or group × one identity provider: what should be there, what is there, and why. The unit of work and of retry.</summary>
public sealed record Assignment
{
    /// <summary>Stable for the life of the assignment; the operation id that connectors see.</summary>
    public required string Id { get; init; }

    public required string IdentityProvider { get; init; }

    public required ResourceType ResourceType { get; init; }

    /// <summary>Id of the user or the group.</summary>
    public required string ResourceId { get; init; }

    /// <summary>User name or display name, for people.</summary>
    public required string ResourceName { get; init; }

    /// <summary>The service provider whose binding asks for it.</summary>
    public string? ServiceProvider { get; init; }

    public required DesiredState Desired { get; init; }

    /// <summary>Mapped attributes by target name. A group's has <c>members</c>: our user ids.</summary>
    public JsonObject? DesiredAttributes { get; init; }

    /// <summary>Grows with each change of what is desired.</summary>
    public long DesiredRevision { get; init; }

    public AppliedState Applied { get; init; }

    /// <summary>As last applied. A group's has <c>members</c>: account ids at the target.</summary>
    public JsonObject? AppliedAttributes { get; init; }

    /// <summary>The id that the target gave.</summary>
    public string? AccountId { get; init; }

    /// <summary>True if an attempt may have had an effect that we were not told of: the next one finds before it creates.</summary>
    public bool Uncertain { get; init; }

    public required AssignmentStatus Status { get; init; }

    /// <summary>Failed attempts since the last success or change of what is desired.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? FirstFailedAt { get; init; }

    public FailureKind? LastFailure { get; init; }

    public string? LastError { get; init; }

    /// <summary>Why it is parked, or was when somebody discarded it; null otherwise.</summary>
    public ParkedBecause? Parked { get; init; }

    /// <summary>The reason that an operator gave for discarding it.</summary>
    public string? DiscardReason { get; init; }

    /// <summary>The status before its identity provider left the configuration; null when it is not detached.</summary>
    public AssignmentStatus? DetachedFrom { get; init; }

    /// <summary>Who works on it. A lease that ended and was not given back tells that its holder may have died in a call.</summary>
    public Lease? Lease { get; init; }

    /// <summary>No account exists at the target, and no call is under way that could create one.</summary>
    public bool IsUntouched => this is { AccountId: null, Uncertain: false, Lease: null };

    /// <summary>No attempt is under way, and what is known of the account can be held against the target. Of a disabled account that is whether it is
    /// enabled, so doubt about its attributes does not count.</summary>
    public bool IsComparable => Lease is null && (!Uncertain || this is { Status: AssignmentStatus.Done, Applied: AppliedState.Disabled });

    /// <summary>Whether the decision behind it assigns the account; null if nothing was decided (groups).</summary>
    public bool? Assigned { get; init; }

    /// <summary>The account was adopted, or taken over from a leaver, and does not carry the marker of this assignment yet.</summary>
    public bool Unmarked { get; init; }

    /// <summary>Its account is to be taken away, and stays until somebody approves: too many went at once.</summary>
    public bool Held { get; init; }

    /// <summary>Why it is as it is, as JSON.</summary>
    public string? Decision { get; init; }

    /// <summary>
    /// The assignment for which a second account was made by mistake, if this one is that second account: an attempt made it after another
    /// attempt had taken over. It is desired to be absent, and removed like any other.
    /// </summary>
    public string? StrayOf { get; init; }

    public DateTimeOffset Modified { get; init; }
}
