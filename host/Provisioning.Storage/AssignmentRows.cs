using System.Data.Common;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

internal static class AssignmentRows
{
    public const string Columns = """
        id, identity_provider, resource_type, resource_id, resource_name, service_provider, desired, desired_attributes,
        desired_revision, applied, applied_attributes, account_id, uncertain, status, attempts, due_at, first_failed_at,
        last_failure, last_error, lease_owner, lease_until, decision, modified
        """;

    private const string InsertSql = $"""
        INSERT INTO assignments ({Columns}, resource_name_key)
        VALUES (@id, @provider, @type, @resource, @name, @service, @desired, @desiredAttributes,
            @revision, @applied, @appliedAttributes, @account, @uncertain, @status, @attempts, @due, @firstFailed,
            @failure, @error, @owner, @until, @decision, @modified, @nameKey)
        """;

    private const string UpdateSql = """
        UPDATE assignments SET identity_provider = @provider, resource_type = @type, resource_id = @resource, resource_name = @name,
            service_provider = @service, desired = @desired, desired_attributes = @desiredAttributes, desired_revision = @revision,
            applied = @applied, applied_attributes = @appliedAttributes, account_id = @account, uncertain = @uncertain,
            status = @status, attempts = @attempts, due_at = @due, first_failed_at = @firstFailed, last_failure = @failure,
            last_error = @error, lease_owner = @owner, lease_until = @until, decision = @decision, modified = @modified,
            resource_name_key = @nameKey
        WHERE id = @id
        """;

    // Names no more columns than an attempt can change: an index is rewritten if a column of it is named, changed or not.
    private const string OutcomeSql = """
        UPDATE assignments SET applied = @applied, applied_attributes = @appliedAttributes, account_id = @account,
            uncertain = @uncertain, status = @status, attempts = @attempts, due_at = @due, first_failed_at = @firstFailed,
            last_failure = @failure, last_error = @error, lease_owner = @owner, lease_until = @until, modified = @modified
        WHERE id = @id
        """;

    // Nearly always nothing else happened to an assignment while it was worked on; then it need not be read.
    private const string SettleSql = """
        UPDATE assignments SET applied = @applied, applied_attributes = @appliedAttributes, account_id = @account,
            uncertain = @uncertain, status = @status, attempts = @attempts, due_at = @due, first_failed_at = @firstFailed,
            last_failure = @failure, last_error = @error, lease_owner = NULL, lease_until = NULL, modified = @modified
        WHERE id = @id AND lease_owner = @owner AND desired_revision = @revision AND status = 0
        RETURNING identity_provider, resource_type, resource_id
        """;

    public static Assignment? Find(SqlSession session, string id) =>
        session.First($"SELECT {Columns} FROM assignments WHERE id = @id", Map, ("@id", id));

    /// <summary>The assignment, locked until the commit because it is about to be changed.</summary>
    public static Assignment? Take(SqlSession session, string id) =>
        session.First($"SELECT {Columns} FROM assignments WHERE id = @id {session.Dialect.ForUpdate}", Map, ("@id", id));

    /// <inheritdoc cref="Take(SqlSession, string)" />
    public static Assignment? Take(SqlSession session, string identityProvider, ResourceType type, string resourceId) =>
        session.First(
            $"""
            SELECT {Columns} FROM assignments
            WHERE identity_provider = @provider AND resource_type = @type AND resource_id = @resource
            {session.Dialect.ForUpdate}
            """,
            Map,
            ("@provider", identityProvider),
            ("@type", (int)type),
            ("@resource", resourceId));

    /// <summary>Account ids at a target by our user ids, of accounts that exist there.</summary>
    public static Dictionary<string, string> AccountIds(SqlSession session, string identityProvider, IEnumerable<string> userIds) => session.List(
        $"""
        SELECT DISTINCT a.resource_id, a.account_id FROM {session.Dialect.Elements("@ids")} i {session.Dialect.LookUp} assignments a
        ON a.identity_provider = @provider AND a.resource_type = @type AND a.resource_id = i.value
        WHERE a.account_id IS NOT NULL AND a.applied IN (1, 2)
        """,
        row => (User: row.GetString(0), Account: row.GetString(1)),
        ("@ids", Rows.Array(userIds)),
        ("@provider", identityProvider),
        ("@type", (int)ResourceType.User)).ToDictionary(pair => pair.User, pair => pair.Account, StringComparer.Ordinal);

    public static void Insert(SqlSession session, Assignment assignment) => Save(session, InsertSql, assignment);

    public static void Update(SqlSession session, Assignment assignment) => Save(session, UpdateSql, assignment);

    /// <summary>Stores what an attempt can change, and nothing else.</summary>
    public static void UpdateOutcome(SqlSession session, Assignment value) => session.Post(
        OutcomeSql,
        ("@applied", (int)value.Applied),
        ("@appliedAttributes", value.AppliedAttributes?.ToJsonString()),
        ("@account", value.AccountId),
        ("@uncertain", value.Uncertain),
        ("@status", (int)value.Status),
        ("@attempts", value.Attempts),
        ("@due", value.DueAt.Ms()),
        ("@firstFailed", value.FirstFailedAt?.Ms()),
        ("@failure", (int?)value.LastFailure),
        ("@error", value.LastError),
        ("@owner", value.LeaseOwner),
        ("@until", value.LeaseUntil?.Ms()),
        ("@modified", value.Modified.Ms()),
        ("@id", value.Id));

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
        ("@modified", now.Ms()),
        ("@id", record.Attempt.AssignmentId),
        ("@owner", record.LeaseOwner),
        ("@revision", record.DesiredRevision));

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
        LeaseOwner = row.Text(19),
        LeaseUntil = row.OptionalTime(20),
        Decision = row.Text(21),
        Modified = row.Time(22),
    };

    private static void Save(SqlSession session, string sql, Assignment value) => session.Post(
        sql,
        ("@id", value.Id),
        ("@provider", value.IdentityProvider),
        ("@type", (int)value.ResourceType),
        ("@resource", value.ResourceId),
        ("@name", value.ResourceName),
        ("@service", value.ServiceProvider),
        ("@desired", (int)value.Desired),
        ("@desiredAttributes", value.DesiredAttributes?.ToJsonString()),
        ("@revision", value.DesiredRevision),
        ("@applied", (int)value.Applied),
        ("@appliedAttributes", value.AppliedAttributes?.ToJsonString()),
        ("@account", value.AccountId),
        ("@uncertain", value.Uncertain),
        ("@status", (int)value.Status),
        ("@attempts", value.Attempts),
        ("@due", value.DueAt.Ms()),
        ("@firstFailed", value.FirstFailedAt?.Ms()),
        ("@failure", (int?)value.LastFailure),
        ("@error", value.LastError),
        ("@owner", value.LeaseOwner),
        ("@until", value.LeaseUntil?.Ms()),
        ("@decision", value.Decision),
        ("@modified", value.Modified.Ms()),
        ("@nameKey", Rows.Key(value.ResourceName)));
}
