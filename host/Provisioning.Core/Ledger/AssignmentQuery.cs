using Provisioning.Connectors;

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
    int Max = 100)
{
    /// <summary>Only those whose last attempt failed in this way.</summary>
    public FailureKind? Failure { get; init; }

    /// <summary>Only those whose cause has this text in it, exactly.</summary>
    public string? Error { get; init; }

    /// <summary>Only those that fail at least since this moment.</summary>
    public DateTimeOffset? FailingSince { get; init; }
}
