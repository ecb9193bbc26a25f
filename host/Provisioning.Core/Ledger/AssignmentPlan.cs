using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Provisioning.Core.Ledger;

/// <summary>
/// What is to be desired of one assignment from now on. Stored as an upsert on (identity provider, resource type, resource id):
/// if state and attributes equal what is desired already (and it is not detached), at most the decision is refreshed; else the
/// revision grows, attempts and failures are cleared and it becomes pending at <see cref="DueAt"/>.
/// </summary>
public sealed record AssignmentPlan(
    string IdentityProvider,
    ResourceType ResourceType,
    string ResourceId,
    string ResourceName,
    string? ServiceProvider,
    DesiredState Desired,
    JsonObject? DesiredAttributes,
    DateTimeOffset DueAt,
    string? Decision)
{
    /// <summary>The version of a user or group who does not exist.</summary>
    public const long NoVersion = 0;

    /// <summary>When set, the assignment is claimed under this lease in the same transaction, if it ends up pending and nobody else holds it.
    /// Whoever asked looks at the lease of the result: another token means that somebody else is at work.</summary>
    public Lease? ClaimFor { get; init; }

    /// <summary>The version of the user or group that it was made from, <see cref="NoVersion"/> if there is none any more. If that has changed when
    /// the plan comes alone, the plan is void.</summary>
    public long? ResourceVersion { get; init; }

    /// <summary>When set, it cannot even be tried (its mapping failed): stored as parked with this reason.</summary>
    public string? ParkReason { get; init; }

    /// <summary>Whether the decision assigns the account; null if nothing was decided (groups).</summary>
    public bool? Assigned { get; init; }

    /// <summary>What to compare with before the account is taken away; null if nothing stands against it.</summary>
    public WithdrawalGuard? Guard { get; init; }

    /// <summary>Somebody approved it: a withdrawal that was held is carried out. Without this no plan takes a held account away.</summary>
    public bool Approved { get; init; }

    /// <summary>This is what is desired while the withdrawal of the account waits for approval.</summary>
    public bool Held { get; init; }

    /// <summary>Carrying the plan out disables or deletes an account that was to stay.</summary>
    public bool Withdraws(Assignment? stored) =>
        Desired != DesiredState.Present && stored is { Desired: DesiredState.Present, AccountId: not null };

    /// <summary>The stored assignment desires the same as this plan.</summary>
    public bool IsDesiredOf(Assignment stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored.Status != AssignmentStatus.Detached
            && stored.Desired == Desired
            && JsonNode.DeepEquals(stored.DesiredAttributes, DesiredAttributes)
            && (ParkReason is null ? !IsNotMapped(stored) : IsParkedFor(stored, ParkReason));
    }

    // Parked before anything was tried: now that the mapping succeeds, nobody has to act.
    private static bool IsNotMapped(Assignment stored) => stored is { Status: AssignmentStatus.Parked, Parked: ParkedBecause.NotMapped };

    private static bool IsParkedFor(Assignment stored, string reason) =>
        stored is { Status: AssignmentStatus.Parked or AssignmentStatus.Discarded, Parked: ParkedBecause.NotMapped } && stored.LastError == reason;

    /// <summary>The plan differs from the stored assignment at most in the revision of the policies.</summary>
    public bool ChangesNothingOf(Assignment stored) =>
        ClaimFor is null
        && IsDesiredOf(stored)
        && stored.ResourceName == ResourceName
        && stored.ServiceProvider == ServiceProvider
        && stored.Assigned == Assigned
        && stored.Held == Held
        && DecisionText.IsSame(stored.Decision, Decision);
}
