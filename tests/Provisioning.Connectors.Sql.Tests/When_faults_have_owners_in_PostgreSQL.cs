using Npgsql;
using Provisioning.Connectors.Testing;
using Provisioning.Testing;
using static Provisioning.Connectors.Sql.Tests.When_faults_have_owners;

namespace Provisioning.Connectors.Sql.Tests;

public sealed class When_faults_have_owners_in_PostgreSQL
{
    private static readonly string[] s_writes = ["create", "update", "enable", "disable", "password", "delete"];
    private static readonly FaultTable<SqlTarget> s_table = Table();

    public static TheoryData<string, string> Cases => s_table.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Should_be_what_the_page_says(string fault, string operation)
    {
        using var target = new PostgresTarget();
        await using var connector = target.Open();
        await s_table.HoldAsync(fault, operation, target, connector, new SqlData());
    }

    [Fact]
    public void Should_hold_every_row_of_the_page() => s_table.ShouldHoldEveryRow();

    private static FaultTable<SqlTarget> Table() => new("sql", typeof(SqlConnector))
    {
        Ways =
        [
            .. When_faults_have_owners.Ways,
            As("object refused", "no right to write", "GRANT SELECT ON people TO {0}"),
            As("asking refused", "no right to read", ""),
            Connected("credentials refused", "no such user", source => source.Username = "nobody_at_all"),
            Connected("no such server", "an unknown name", source => source.Host = "no-such-host.invalid"),
            Connected("server unreachable", "nobody listens", source => source.Port = DesertedPort.Number),
            Connected("TLS refused", "it has none", source => source.SslMode = SslMode.Require),
            Connected("place missing", "no database", source => source.Database = "no_such_database"),
            new("answer lost", "the commit is cut", CutAsync),
            new("sign-on refused", "no right to connect", Exclude),
            Connected("read-only copy", "no writes", source => source.Options = "-c default_transaction_read_only=on") with { Operations = s_writes },
        ],
        NotHere = When_faults_have_owners.NotHere,
    };

    private static FaultWay<SqlTarget> Connected(string fault, string way, Action<NpgsqlConnectionStringBuilder> change) =>
        new(fault, way, scene => scene.Connector = Open(scene, change));

    private static FaultWay<SqlTarget> As(string fault, string way, string rights) => new(fault, way, scene =>
    {
        var target = (PostgresTarget)scene.Target;
        var user = $"user_{Guid.NewGuid():N}";
        target.Scalar($"CREATE ROLE {user} LOGIN; GRANT USAGE ON SCHEMA {target.Schema} TO {user}; " + string.Format(null, rights, user));
        scene.Connector = Open(scene, source => source.Username = user);
    });

    private static SqlConnector Open(FaultScene<SqlTarget> scene, Action<NpgsqlConnectionStringBuilder> change) => scene.Target.Open(settings =>
    {
        var source = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        change(source);
        settings.ConnectionString = source.ConnectionString;
    });

    private static void Exclude(FaultScene<SqlTarget> scene)
    {
        var database = new NpgsqlConnectionStringBuilder(LocalPostgres.Shared.NewDatabase()).Database!;
        var user = $"user_{Guid.NewGuid():N}";
        scene.Target.Scalar($"CREATE ROLE {user} LOGIN; REVOKE CONNECT ON DATABASE {database} FROM PUBLIC");
        scene.Connector = Open(scene, source => (source.Database, source.Username) = (database, user));
    }

    // What writes waits in its commit, for a lock of ours: there it loses its connection.
    private static async Task CutAsync(FaultScene<SqlTarget> scene)
    {
        var target = (PostgresTarget)scene.Target;
        var proxy = new FaultProxy(target.Address!);
        scene.Owned.Add(proxy);
        var connector = Open(scene, source => source.Port = proxy.EndPoint.Port);
        await connector.FindAsync(ResourceType.User, scene.Key, scene.Context, default);
        scene.Connector = connector;
        if (scene.Reads)
        {
            proxy.CutAfter(0);
            return;
        }

        var key = Random.Shared.Next();
        target.Scalar($"""
            CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock({key}); RETURN NULL; END';
            CREATE CONSTRAINT TRIGGER waits AFTER INSERT OR UPDATE OR DELETE ON people DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait();
            """);
        var gate = target.Connect();
        scene.Owned.Add(gate);
        await gate.OpenAsync();
        await using var command = gate.CreateCommand();
#pragma warning disable CA2100 // Written in this class.
        command.CommandText = $"SELECT pg_advisory_lock({key})";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        _ = CutWhenItWaitsAsync(target, proxy, key);
    }

    private static async Task CutWhenItWaitsAsync(PostgresTarget target, FaultProxy proxy, int key)
    {
        while (Convert.ToInt64(target.Scalar($"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = {key} AND NOT granted"), null) == 0)
            await Task.Delay(10);
        proxy.Refuse();
    }
}
