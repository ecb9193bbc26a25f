using System.Data.Common;
using Provisioning.Connectors;
using Provisioning.Core.Reconciling;

namespace Provisioning.Storage;

/// <summary>How runs and findings look in the database.</summary>
internal static class ReconciliationRows
{
    public const string Columns = "id, identity_provider, mode, forced, requested_by, requested, state, started, finished, listed, in_motion, acted, problem, "
        + "missing, different, disabled, enabled, orphans, unmatched, adoptable";

    public const string FindingColumns = "id, kind, resource_type, assignment_id, resource_name, account_id, attribute, ours, theirs, detail, step";

    /// <summary>The column that counts findings of a kind, by the number of the kind.</summary>
    public static readonly IReadOnlyList<string> Counters = ["missing", "different", "disabled", "enabled", "orphans", "unmatched", "adoptable"];

    public static Reconciliation Map(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), (ReconciliationMode)row.GetInt32(2), row.GetBoolean(3), row.GetString(4), row.Time(5))
    {
        State = (ReconciliationState)row.GetInt32(6),
        Started = row.OptionalTime(7),
        Finished = row.OptionalTime(8),
        Listed = row.GetInt64(9),
        InMotion = row.GetInt64(10),
        Acted = row.GetInt64(11),
        Problem = row.Text(12),
        Findings = Enum.GetValues<FindingKind>().ToDictionary(x => x, x => row.GetInt64(13 + (int)x)),
    };

    public static Finding MapFinding(DbDataReader row) => new(
        (FindingKind)row.GetInt32(1), (ResourceType)row.GetInt32(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7), row.Text(8), row.Text(9),
        (FindingStep)row.GetInt32(10)) { Number = row.GetInt64(0) };

    public static void Insert(SqlSession session, string runId, Finding finding) => session.Execute(
        """
        INSERT INTO reconciliation_findings (run_id, kind, resource_type, assignment_id, resource_name, account_id, attribute, ours, theirs, detail, step)
        VALUES (@run, @kind, @type, @assignment, @name, @account, @attribute, @ours, @theirs, @detail, @step)
        """,
        ("@run", runId),
        ("@kind", (int)finding.Kind),
        ("@type", (int)finding.ResourceType),
        ("@assignment", finding.AssignmentId),
        ("@name", finding.ResourceName),
        ("@account", finding.AccountId),
        ("@attribute", finding.Attribute),
        ("@ours", finding.Ours),
        ("@theirs", finding.Theirs),
        ("@detail", finding.Detail),
        ("@step", (int)finding.Step));
}
