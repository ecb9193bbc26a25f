using Provisioning.Connectors;

namespace Provisioning.Core.Reconciling;

/// <summary>One difference between the target and the ledger. Never has a secret in it.</summary>
/// <param name="ResourceName">The user or group; null for accounts that are not ours.</param>
/// <param name="Attribute">Of <see cref="FindingKind.Different"/>.</param>
/// <param name="Ours">What we applied last.</param>
/// <param name="Theirs">What the target has.</param>
/// <param name="Detail">What else there is to say.</param>
public sealed record Finding(
    FindingKind Kind,
    ResourceType ResourceType,
    string? AssignmentId,
    string? ResourceName,
    string? AccountId,
    string? Attribute = null,
    string? Ours = null,
    string? Theirs = null,
    string? Detail = null,
    FindingStep Step = FindingStep.None)
{
    /// <summary>Grows within a run; for paging. 0 before it is stored.</summary>
    public long Number { get; init; }
}
