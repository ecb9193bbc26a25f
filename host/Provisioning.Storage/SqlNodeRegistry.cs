namespace Provisioning.Storage;

/// <summary>Ages are by the clock of the database: the clocks of two hosts may differ by more than a host may be silent.</summary>
internal sealed class SqlNodeRegistry(Database database, TimeProvider time) : INodeRegistry
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public Task<int> BeatAsync(Node node, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                var now = session.Dialect.Now;
                session.Execute(
                    $"""
                    INSERT INTO nodes (name, started, version, configuration_revision, policy_revision, heartbeat)
                    VALUES (@name, @started, @version, @configuration, @policies, {now})
                    ON CONFLICT (name) DO UPDATE SET heartbeat = excluded.heartbeat,
                        configuration_revision = excluded.configuration_revision, policy_revision = excluded.policy_revision
                    """,
                    ("@name", node.Name),
                    ("@started", node.Started.Ms()),
                    ("@version", node.Version),
                    ("@configuration", node.ConfigurationRevision),
                    ("@policies", node.PolicyRevision),
                    ("@now", time.GetUtcNow().Ms()));
                // The clock was set back: a host that lives beats again, and one that is dead must not live until the old time comes again.
                session.Execute($"UPDATE nodes SET heartbeat = {now} WHERE heartbeat > {now}", ("@now", time.GetUtcNow().Ms()));
                session.Execute(
                    $"DELETE FROM nodes WHERE heartbeat < {now} - @remembered",
                    ("@remembered", (long)Remembered.TotalMilliseconds),
                    ("@now", time.GetUtcNow().Ms()));
                return EndLeases(
                    session,
                    $"n.heartbeat < {now} - @lifetime",
                    ("@lifetime", (long)NodeStatus.Lifetime.TotalMilliseconds),
                    ("@now", time.GetUtcNow().Ms()));
            },
            cancellationToken);

    public Task LeaveAsync(string name, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                EndLeases(session, "n.name = @name", ("@name", name));
                return session.Execute("DELETE FROM nodes WHERE name = @name", ("@name", name));
            },
            cancellationToken);

    public Task<IReadOnlyList<NodeStatus>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<NodeStatus>>(
            session => session.List(
                $"""
                SELECT name, started, version, configuration_revision, policy_revision, {session.Dialect.Now} - heartbeat
                FROM nodes ORDER BY started, name
                """,
                row => new NodeStatus(
                    new Node(row.GetString(0), row.Time(1), row.GetString(2), row.GetString(3), row.GetString(4)),
                    TimeSpan.FromMilliseconds(Math.Max(0, row.GetInt64(5)))),
                ("@now", time.GetUtcNow().Ms())),
            cancellationToken);

    // Held to AssignmentLife.EndLease. What a dead host was doing is not known: a lease that ended makes its assignment uncertain.
    private static int EndLeases(SqlSession session, string condition, params ReadOnlySpan<(string Name, object? Value)> parameters) => session.Execute(
        $"""
        UPDATE assignments SET lease_until = 0
        WHERE lease_until > 0 AND lease_node IN (SELECT n.name FROM nodes n WHERE {condition})
        """,
        parameters);
}
