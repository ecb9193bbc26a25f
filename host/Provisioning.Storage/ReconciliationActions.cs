using Provisioning.Core.Ledger;
using Provisioning.Core.Reconciling;

namespace Provisioning.Storage;

/// <summary>
/// What a repair or an adoption does to assignments: no more than to have them tried again, from what is really there. The usual way does the rest,
/// with its limits, its protected accounts and its history.
/// </summary>
internal sealed class ReconciliationActions(SqlSession session, string runId, string identityProvider, DateTimeOffset unchangedSince, DateTimeOffset now)
{
    // Uncertain: the next attempt does not rely on what we think is there.
    private const string Again = "status = 0, due_at = @now, attempts = 0, first_failed_at = NULL, last_failure = NULL, last_error = NULL, uncertain = TRUE, modified = @now";

    // Nobody works on it, and nothing else happened to it since the listing.
    private const string Settled = "lease_owner IS NULL AND NOT uncertain AND modified < @before AND status <> 3";

    public int Run(IReadOnlyCollection<Finding> findings)
    {
        var acted = new List<string>();
        foreach (var finding in findings.Where(x => x.AssignmentId is not null).DistinctBy(x => x.AssignmentId))
            if (Act(finding))
                acted.Add(finding.AssignmentId!);
        session.Execute(
            $"""
            UPDATE reconciliation_findings SET step = 2
            WHERE run_id = @run AND step = 1 AND assignment_id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i)
            """,
            ("@run", runId),
            ("@ids", Rows.Array(acted)));
        return acted.Count;
    }

    private bool Act(Finding finding) => finding.Kind switch
    {
        FindingKind.Adoptable => Link(finding, "desired = 0 AND status IN (0, 2, 4)", "adopt"),
        FindingKind.Orphan => Link(finding, "desired <> 0 AND status IN (0, 1)", "take-back"),
        _ => session.Execute(
            $"UPDATE assignments SET applied = coalesce(@applied, applied), {Again} WHERE id = @id AND status = 1 AND {Settled}",
            ("@applied", finding.Kind switch { FindingKind.Disabled => (int)AppliedState.Disabled, FindingKind.Enabled => (int)AppliedState.Present, _ => (int?)null }),
            ("@now", now.Ms()),
            ("@id", finding.AssignmentId),
            ("@before", unchangedSince.Ms())) > 0,
    };

    // Two accounts that would be one user's: which of them it is, only a person can say.
    private bool Link(Finding finding, string condition, string action)
    {
        AccountHolders.Lock(session, identityProvider, finding.ResourceType, finding.AccountId!);
        var linked = session.Execute(
            $"""
            UPDATE assignments SET account_id = @account, applied = 1, applied_attributes = NULL, {Again}
            WHERE id = @id AND account_id IS NULL AND {condition} AND {Settled}
                AND NOT EXISTS (SELECT 1 FROM assignments h
                    WHERE h.identity_provider = assignments.identity_provider AND h.resource_type = assignments.resource_type AND h.account_id = @account)
                AND (SELECT count(*) FROM reconciliation_findings f WHERE f.run_id = @run AND f.assignment_id = @id AND f.kind = @kind) = 1
            """,
            ("@account", finding.AccountId),
            ("@now", now.Ms()),
            ("@id", finding.AssignmentId),
            ("@before", unchangedSince.Ms()),
            ("@run", runId),
            ("@kind", (int)finding.Kind)) > 0;
        if (linked)
            SqlAuditTrail.Append(session, now, "host", action, finding.AssignmentId!, $"{finding.ResourceName}: account '{finding.AccountId}', {finding.Detail}; reconciliation {runId}");
        return linked;
    }
}
