using Provisioning.Core.Ledger;

namespace Provisioning.Core.Reconciling;

/// <summary>
/// Whether an assignment has stood still since before the listing: what we changed meanwhile, the listing may show as it was, and that is no drift.
/// </summary>
/// <param name="Since">Changed from then on is changed too late.</param>
internal sealed record Motion(DateTimeOffset Since)
{
    public bool IsSettled(Assignment assignment) => assignment.IsComparable && assignment.Modified < Since;

    public bool IsSettled(KnownAccount account) => account.Settled && account.Modified < Since;
}
