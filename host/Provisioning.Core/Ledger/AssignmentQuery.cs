namespace Provisioning.Core.Ledger;

/// <summary>A filter over assignments; null parts match everything.</summary>
/// <param name="ResourceName">User name or display name, exact without regard to case.</param>
/// <param name="AfterId">For paging: only ids greater than this one.</param>
public sealed record AssignmentQuery(
    string? Id = null,
    string? IdentityProvider = null,
    AssignmentStatus? Status = null,
    string? ResourceName = null,
    string? AfterId = null,
    int Max = 100);
