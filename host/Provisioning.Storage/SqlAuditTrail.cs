namespace Provisioning.Storage;

internal sealed class SqlAuditTrail(Database database, TimeProvider time) : IAuditTrail
{
    public Task WriteAsync(string actor, string action, string subject, string? detail, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                Append(session, time.GetUtcNow(), actor, action, subject, detail);
                return true;
            },
            cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> ListAsync(int max, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AuditEntry>>(
            session => session.List(
                "SELECT at, actor, action, subject, detail FROM audit ORDER BY id DESC LIMIT @max",
                row => new AuditEntry(row.Time(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Text(4)),
                ("@max", max)),
            cancellationToken);

    public static void Append(SqlSession session, DateTimeOffset at, string actor, string action, string subject, string? detail) => session.Execute(
        "INSERT INTO audit (at, actor, action, subject, detail) VALUES (@at, @actor, @action, @subject, @detail)",
        ("@at", at.Ms()),
        ("@actor", actor),
        ("@action", action),
        ("@subject", subject),
        ("@detail", detail));
}
