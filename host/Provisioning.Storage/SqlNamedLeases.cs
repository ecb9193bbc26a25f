using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

internal sealed class SqlNamedLeases(Database database, TimeProvider time) : INamedLeases
{
    public Task<bool> TryTakeAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                // Longer than anybody takes one: the clock was set back.
                session.Execute(
                    $"UPDATE leases SET until = {session.Dialect.Now} + @duration WHERE name = @name AND until > {session.Dialect.Now} + @duration",
                    ("@name", name),
                    ("@duration", (long)duration.TotalMilliseconds),
                    ("@now", time.GetUtcNow().Ms()));
                return session.Execute(
                    $"""
                    INSERT INTO leases (name, owner, until) VALUES (@name, @owner, {session.Dialect.Now} + @duration)
                    ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
                    WHERE leases.owner = excluded.owner OR leases.until <= {session.Dialect.Now}
                    """,
                    ("@name", name),
                    ("@owner", owner),
                    ("@duration", (long)duration.TotalMilliseconds),
                    ("@now", time.GetUtcNow().Ms())) > 0;
            },
            cancellationToken);

    public Task ReleaseAsync(string name, string owner, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute("DELETE FROM leases WHERE name = @name AND owner = @owner", ("@name", name), ("@owner", owner)), cancellationToken);
}
