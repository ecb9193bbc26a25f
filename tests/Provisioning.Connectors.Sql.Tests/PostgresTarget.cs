using System.Data.Common;
using System.Net;
using Npgsql;
using Provisioning.Testing;

namespace Provisioning.Connectors.Sql.Tests;

public sealed class PostgresTarget : SqlTarget
{
    public const string Password = "db-secret-1234";

    // A database takes a second to make and to remove; a schema does as well.
    private static readonly Lazy<string> Database = new(() => LocalPostgres.Shared.NewDatabase());

    private readonly string _connection;

    public PostgresTarget()
    {
        Assert.SkipUnless(LocalPostgres.IsInstalled, LocalPostgres.Missing);
        Schema = $"s{Guid.NewGuid():n}";
        _connection = $"{Database.Value};Search Path={Schema};Application Name={Schema}";
        Scalar($"CREATE SCHEMA {Schema}");
        CreateTables("bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY");
    }

    /// <summary>The schema of the tables, and the name that its connections go by.</summary>
    public string Schema { get; }

    public override IPEndPoint? Address => new(IPAddress.Loopback, LocalPostgres.Shared.Port);

    public override DbConnection Connect() => new NpgsqlConnection(_connection + ";Pooling=false");

    public override SqlSettings Settings() => Fill(new SqlSettings
    {
        Provider = SqlProvider.Postgresql, ConnectionString = _connection, Password = new Secret(Password), Timeout = TimeSpan.FromSeconds(10),
    });

    public override void Dispose()
    {
        // The server and its databases end with the tests.
    }
}
