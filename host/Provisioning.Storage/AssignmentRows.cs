using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>Reads and writes single assignments inside a transaction.</summary>
internal static class AssignmentRows
{
    // Nearly always nothing else happened to an assignment while it was worked on; then it need not be read.
    private const string SettleSql = $"""
        UPDATE assignments SET applied = @applied, applied_attributes = @appliedAttributes, account_id = @account,
            uncertain = @uncertain, status = @status, attempts = @attempts, due_at = @due, first_failed_at = @firstFailed,
            last_failure = @failure, last_error = @error, parked_because = @parked, unmarked = @unmarked,
            lease_node = NULL, lease_token = NULL, lease_until = NULL, modified = @modified
        WHERE id = @id AND lease_token = @token AND desired_revision = @revision AND status = {Stored.Status.Pending}
        RETURNING identity_provider, resource_type, resource_id
        """;

    private static readonly string FindSql = $"SELECT {AssignmentColumns.Read} FROM assignments WHERE id = @id";

    public static Assignment? Find(SqlSession session, string id) => session.First(FindSql, AssignmentColumns.Map, ("@id", id));

    /// <summary>Reads an assignment that is about to be changed: it is locked until the commit.</summary>
    public static Assignment? FindForUpdate(SqlSession session, string id) =>
        session.First($"{FindSql} {session.Dialect.ForUpdate}", AssignmentColumns.Map, ("@id", id));

    /// <inheritdoc cref="FindForUpdate(SqlSession, string)" />
    public static Assignment? FindForUpdate(SqlSession session, string identityProvider, ResourceType type, string resourceId) =>
        session.First(
            $"""
            SELECT {AssignmentColumns.Read} FROM assignments
            WHERE identity_provider = @provider AND resource_type = @type AND resource_id = @resource
            {session.Dialect.ForUpdate}
            """,
            AssignmentColumns.Map,
            ("@provider", identityProvider),
            ("@type", (int)type),
            ("@resource", resourceId));

    /// <summary>Reads assignments that are about to be changed, by id.</summary>
    public static List<Assignment> ListForUpdate(SqlSession session, IEnumerable<string> ids) => session.List(
        $"""
        SELECT {AssignmentColumns.Read} FROM assignments
        WHERE id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i) ORDER BY id {session.Dialect.ForUpdate}
        """,
        AssignmentColumns.Map,
        ("@ids", Rows.Array(ids)));

    /// <summary>Account ids at a target by our user ids, of accounts that exist there.</summary>
    public static Dictionary<string, string> AccountIds(SqlSession session, string identityProvider, IEnumerable<string> userIds) => session.List(
        $"""
        SELECT DISTINCT a.resource_id, a.account_id FROM {session.Dialect.Elements("@ids")} i {session.Dialect.LookUp} assignments a
        ON a.identity_provider = @provider AND a.resource_type = @type AND a.resource_id = i.value
        WHERE a.account_id IS NOT NULL AND a.applied IN ({Stored.Applied.Present}, {Stored.Applied.Disabled})
        """,
        row => (User: row.GetString(0), Account: row.GetString(1)),
        ("@ids", Rows.Array(userIds)),
        ("@provider", identityProvider),
        ("@type", (int)ResourceType.User)).ToDictionary(pair => pair.User, pair => pair.Account, StringComparer.Ordinal);

    public static void Insert(SqlSession session, Assignment assignment) =>
        session.Post(AssignmentColumns.InsertSql, AssignmentColumns.Parameters(assignment));

    public static void Update(SqlSession session, Assignment assignment) =>
        session.Post(AssignmentColumns.UpdateSql, AssignmentColumns.Parameters(assignment));

    /// <summary>Stores what an attempt can change, and nothing else.</summary>
    public static void UpdateOutcome(SqlSession session, Assignment assignment) =>
        session.Post(AssignmentColumns.OutcomeSql, AssignmentColumns.OutcomeParameters(assignment));

    /// <summary>Stores an outcome if the assignment is as it was claimed; null if it is not.</summary>
    public static AssignedResource? Settle(SqlSession session, AttemptRecord record, DateTimeOffset now) => session.First(
        SettleSql,
        row => new AssignedResource(row.GetString(0), (ResourceType)row.GetInt32(1), row.GetString(2), record.AccountBefore),
        ("@applied", (int)record.Applied),
        ("@appliedAttributes", record.AppliedAttributes?.ToJsonString()),
        ("@account", record.AccountId),
        ("@uncertain", record.Uncertain),
        ("@status", (int)record.Status),
        ("@attempts", record.Attempts),
        ("@due", record.DueAt.Ms()),
        ("@firstFailed", record.FirstFailedAt?.Ms()),
        ("@failure", (int?)record.Attempt.Failure),
        ("@error", record.Attempt.Failure is null ? null : record.Attempt.Message),
        ("@parked", (int?)record.Parked),
        ("@unmarked", record.Unmarked),
        ("@modified", now.Ms()),
        ("@id", record.Attempt.AssignmentId),
        ("@token", record.LeaseToken),
        ("@revision", record.DesiredRevision));
}
