using System.Data.Common;
using System.Net;
using Microsoft.Data.Sqlite;

namespace Provisioning.Connectors.Sql.Tests;

public sealed class SqliteTarget : SqlTarget
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sql-tests-").FullName;

    public SqliteTarget() => CreateTables("integer PRIMARY KEY");

    public override IPEndPoint? Address => null;

    private string Source => $"Data Source={Path.Combine(_folder, "people.db")}";

    public override DbConnection Connect() => new SqliteConnection(Source + ";Pooling=false");

    public override SqlSettings Settings() => Fill(new SqlSettings { Provider = SqlProvider.Sqlite, ConnectionString = Source });

    public override void Dispose() => Directory.Delete(_folder, recursive: true);
}
