namespace Provisioning.Connectors.Sql;

/// <summary>The kind of database.</summary>
public enum SqlProvider
{
    /// <summary>PostgreSQL, by Npgsql.</summary>
    Postgresql,

    /// <summary>A SQLite file.</summary>
    Sqlite,
}
