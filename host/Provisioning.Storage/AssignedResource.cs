using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>What an assignment is about.</summary>
/// <param name="AccountId">Before an outcome was stored.</param>
internal sealed record AssignedResource(string IdentityProvider, ResourceType Type, string Id, string? AccountId)
{
    public static AssignedResource Of(Assignment assignment) =>
        new(assignment.IdentityProvider, assignment.ResourceType, assignment.ResourceId, assignment.AccountId);
}
