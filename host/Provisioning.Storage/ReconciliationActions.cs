using Provisioning.Core.Ledger;
using Provisioning.Core.Reconciling;

namespace Provisioning.Storage;

/// <summary>
/// What a repair or an adoption does to assignments: no more than to have them tried again, from what is really there. The usual way does the rest,
/// with its limits, its protected accounts and its history.
/// </summary>
internal sealed class ReconciliationActions(SqlSession session, string runId, string identityProvider, DateTimeOffset unchangedSince, DateTimeOffset now)
{
    public int Run(IReadOnlyCollection<Finding> findings)
    {
        var acted = new List<string>();
        foreach (var finding in findings.Where(x => x.AssignmentId is not null).DistinctBy(x => x.AssignmentId))
            if (Act(finding))
                acted.Add(finding.AssignmentId!);
        session.Execute(
            $"""
            UPDATE reconciliation_findings SET step = {Stored.Step.Taken}
            WHERE run_id = @run AND step = {Stored.Step.Possible} AND assignment_id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i)
            """,
            ("@run", runId),
            ("@ids", Rows.Array(acted)));
        return acted.Count;
    }

    private bool Act(Finding finding) => finding.Kind switch
    {
        FindingKind.Adoptable => Link(finding, "adopt", x =>
            x is { Desired: DesiredState.Present, Status: AssignmentStatus.Pending or AssignmentStatus.Parked or AssignmentStatus.Discarded }),
        FindingKind.Orphan => Link(finding, "take-back", x =>
            x is { Desired: not DesiredState.Present, Status: AssignmentStatus.Pending or AssignmentStatus.Done }),
        _ => Repair(finding),
    };

    private bool Repair(Finding finding)
    {
        if (AssignmentRows.FindForUpdate(session, finding.AssignmentId!) is not { Status: AssignmentStatus.Done } assignment || !IsSettled(assignment))
            return false;
        AppliedState? applied = finding.Kind switch
        {
            FindingKind.Disabled => AppliedState.Disabled,
            FindingKind.Enabled => AppliedState.Present,
            _ => null,
        };
        AssignmentRows.UpdateOutcome(session, AssignmentLife.Repair(assignment, applied, now));
        return true;
    }

    // Nobody works on it, and nothing else happened to it since the listing.
    private bool IsSettled(Assignment assignment) => assignment.IsComparable && assignment.Modified < unchangedSince;

    // Two accounts that would be one user's: which of them it is, only a person can say.
    private bool Link(Finding finding, string action, Func<Assignment, bool> may)
    {
        var account = finding.AccountId!;
        AccountHolders.Lock(session, identityProvider, finding.ResourceType, account);
        if (AssignmentRows.FindForUpdate(session, finding.AssignmentId!) is not { AccountId: null } assignment
            || !IsSettled(assignment) || !may(assignment) || IsHeld(assignment, account) || !IsOnlyOne(finding))
            return false;
        AssignmentRows.UpdateOutcome(session, AssignmentLife.Adopt(assignment, account, now));
        SqlAuditTrail.Append(session, now, "host", action, finding.AssignmentId!, $"{finding.ResourceName}: account '{account}', {finding.Detail}; reconciliation {runId}");
        return true;
    }

    private bool IsHeld(Assignment assignment, string account) => session.Scalar(
        "SELECT id FROM assignments WHERE identity_provider = @provider AND resource_type = @type AND account_id = @account LIMIT 1",
        ("@provider", assignment.IdentityProvider),
        ("@type", (int)assignment.ResourceType),
        ("@account", account)) is not null;

    private bool IsOnlyOne(Finding finding) => session.Scalar(
        "SELECT count(*) FROM reconciliation_findings WHERE run_id = @run AND assignment_id = @id AND kind = @kind",
        ("@run", runId),
        ("@id", finding.AssignmentId),
        ("@kind", (int)finding.Kind)) is 1L;
}
