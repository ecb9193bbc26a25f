namespace Provisioning.Core.Ledger;

/// <summary>Shorter forms of what the ledger can do.</summary>
public static class LedgerExtensions
{
    /// <summary>Stores plans alone, all or none of them, and leaves until when they hold as it is.</summary>
    public static Task<IReadOnlyList<Assignment>> CommitPlansAsync(
        this ILedger ledger, IReadOnlyList<AssignmentPlan> plans, CancellationToken cancellationToken) => ledger.CommitPlansAsync(plans, [], cancellationToken);
}
