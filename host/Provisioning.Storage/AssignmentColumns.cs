using System.Data.Common;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>Where each part of an assignment is stored. The statements that read and write assignments are made of this one table.</summary>
internal static class AssignmentColumns
{
    private static readonly Column[] All =
    [
        new("id", x => x.Id, Part.Key),
        new("identity_provider", x => x.IdentityProvider),
        new("resource_type", x => (int)x.ResourceType),
        new("resource_id", x => x.ResourceId),
        new("resource_name", x => x.ResourceName),
        new("service_provider", x => x.ServiceProvider),
        new("desired", x => (int)x.Desired),
        new("desired_attributes", x => x.DesiredAttributes?.ToJsonString()),
        new("desired_revision", x => x.DesiredRevision),
        new("applied", x => (int)x.Applied, Part.Outcome),
        new("applied_attributes", x => x.AppliedAttributes?.ToJsonString(), Part.Outcome),
        new("account_id", x => x.AccountId, Part.Outcome),
        new("uncertain", x => x.Uncertain, Part.Outcome),
        new("status", x => (int)x.Status, Part.Outcome),
        new("attempts", x => x.Attempts, Part.Outcome),
        new("due_at", x => x.DueAt.Ms(), Part.Outcome),
        new("first_failed_at", x => x.FirstFailedAt?.Ms(), Part.Outcome),
        new("last_failure", x => (int?)x.LastFailure, Part.Outcome),
        new("last_error", x => x.LastError, Part.Outcome),
        new("lease_node", x => x.Lease?.Node, Part.Outcome),
        new("lease_token", x => x.Lease?.Token, Part.Outcome),
        new("lease_until", x => x.Lease?.Until.Ms(), Part.Outcome),
        new("decision", x => x.Decision),
        new("modified", x => x.Modified.Ms(), Part.Outcome),
        new("assigned", x => x.Assigned),
        new("parked_because", x => (int?)x.Parked, Part.Outcome),
        new("discard_reason", x => x.DiscardReason, Part.Outcome),
        new("detached_from", x => (int?)x.DetachedFrom),
        new("stray_of", x => x.StrayOf),
        new("held", x => x.Held),
        new("unmarked", x => x.Unmarked, Part.Outcome),
        new("resource_name_key", x => Rows.Key(x.ResourceName)),
    ];

    private static readonly Column[] Outcome = [.. All.Where(x => x.Part == Part.Outcome)];

    private enum Part
    {
        Plan,
        Outcome,
        Key,
    }

    /// <summary>What <see cref="Map"/> reads, in its order.</summary>
    public static readonly string Read = string.Join(", ", All.Select(x => x.Name));

    public static readonly string InsertSql =
        $"INSERT INTO assignments ({Read}) VALUES ({string.Join(", ", All.Select(x => x.Parameter))})";

    public static readonly string UpdateSql = Update(All);

    /// <summary>Names no more columns than an attempt can change: an index is rewritten if a column of it is named, changed or not.</summary>
    public static readonly string OutcomeSql = Update(Outcome);

    public static (string, object?)[] Parameters(Assignment assignment) => Values(All, assignment);

    public static (string, object?)[] OutcomeParameters(Assignment assignment) => [.. Values(Outcome, assignment), ("@id", assignment.Id)];

    /// <summary>The columns of a table with a short name.</summary>
    public static string Of(string table) => string.Join(", ", All.Select(x => $"{table}.{x.Name}"));

    public static Assignment Map(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        IdentityProvider = row.GetString(1),
        ResourceType = (ResourceType)row.GetInt32(2),
        ResourceId = row.GetString(3),
        ResourceName = row.GetString(4),
        ServiceProvider = row.Text(5),
        Desired = (DesiredState)row.GetInt32(6),
        DesiredAttributes = row.Json(7),
        DesiredRevision = row.GetInt64(8),
        Applied = (AppliedState)row.GetInt32(9),
        AppliedAttributes = row.Json(10),
        AccountId = row.Text(11),
        Uncertain = row.GetBoolean(12),
        Status = (AssignmentStatus)row.GetInt32(13),
        Attempts = row.GetInt32(14),
        DueAt = row.Time(15),
        FirstFailedAt = row.OptionalTime(16),
        LastFailure = row.IsDBNull(17) ? null : (FailureKind)row.GetInt32(17),
        LastError = row.Text(18),
        Lease = row.IsDBNull(20) ? null : new Lease(row.Text(19) ?? "", row.GetString(20), row.OptionalTime(21) ?? DateTimeOffset.UnixEpoch),
        Decision = row.Text(22),
        Modified = row.Time(23),
        Assigned = row.IsDBNull(24) ? null : row.GetBoolean(24),
        Parked = row.IsDBNull(25) ? null : (ParkedBecause)row.GetInt32(25),
        DiscardReason = row.Text(26),
        DetachedFrom = row.IsDBNull(27) ? null : (AssignmentStatus)row.GetInt32(27),
        StrayOf = row.Text(28),
        Held = row.GetBoolean(29),
        Unmarked = row.GetBoolean(30),
    };

    private static string Update(IEnumerable<Column> columns) =>
        $"UPDATE assignments SET {string.Join(", ", columns.Where(x => x.Part != Part.Key).Select(x => $"{x.Name} = {x.Parameter}"))} WHERE id = @id";

    private static (string, object?)[] Values(Column[] columns, Assignment assignment)
    {
        var values = new (string, object?)[columns.Length];
        for (var i = 0; i < columns.Length; i++)
            values[i] = (columns[i].Parameter, columns[i].Value(assignment));
        return values;
    }

    private sealed record Column(string Name, Func<Assignment, object?> Value, Part Part = Part.Plan)
    {
        public string Parameter { get; } = "@" + Name;
    }
}
