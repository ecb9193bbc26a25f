using System.Data.Common;
using System.Net;

namespace Provisioning.Connectors.Sql.Tests;

/// <summary>A database of its own with tables for people and teams, and the statements for them.</summary>
public abstract class SqlTarget : IDisposable
{
    public abstract IPEndPoint? Address { get; }

    public abstract DbConnection Connect();

    public abstract SqlSettings Settings();

    public abstract void Dispose();

    public SqlConnector Open(Action<SqlSettings>? change = null)
    {
        var settings = Settings();
        change?.Invoke(settings);
        return (SqlConnector)((IConnectorFactory)new SqlConnectorFactory()).Create(settings, new ConnectorContext("database", ".", TimeProvider.System));
    }

    public object? Scalar(string sql)
    {
        using var connection = Connect();
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    protected static SqlSettings Fill(SqlSettings settings)
    {
        const string columns = """
            SELECT id, marker, active AS enabled, user_name AS "userName", display_name AS "displayName",
                   given_name AS "name.givenName", family_name AS "name.familyName", age
            FROM people
            """;
        settings.Users = new SqlUserSettings
        {
            Get = columns + " WHERE id = @id",
            FindByMarker = columns + " WHERE marker = @marker",
            FindByName = columns + " WHERE user_name = @name",
            List = columns + " WHERE CAST(@after AS bigint) IS NULL OR id > CAST(@after AS bigint) ORDER BY id LIMIT CAST(@limit AS bigint)",
            Create =
            [
                """
                INSERT INTO people (user_name, display_name, given_name, family_name, age, marker, active)
                VALUES (@userName, @displayName, @name_givenName, @name_familyName, @age, @marker, @enabled) RETURNING id
                """,
                "INSERT INTO arrivals (person) VALUES (@id)",
            ],
            Update =
            [
                """
                UPDATE people SET user_name = @userName, display_name = @displayName, given_name = @name_givenName,
                                  family_name = @name_familyName, age = @age
                WHERE id = @id
                """,
            ],
            Set = new Dictionary<string, string> { ["displayName"] = "UPDATE people SET display_name = @value WHERE id = @id" },
            SetMarker = ["UPDATE people SET marker = @marker WHERE id = @id"],
            Disable = ["UPDATE people SET active = false WHERE id = @id"],
            Enable = ["UPDATE people SET active = true WHERE id = @id"],
            Delete = ["DELETE FROM people WHERE id = @id"],
            SetPassword = ["UPDATE people SET password_hash = @passwordHash WHERE id = @id"],
        };
        settings.Groups = new SqlGroupSettings
        {
            Get = "SELECT id, marker, name AS \"displayName\" FROM teams WHERE id = @id",
            FindByMarker = "SELECT id, marker, name AS \"displayName\" FROM teams WHERE marker = @marker",
            FindByName = "SELECT id, marker, name AS \"displayName\" FROM teams WHERE name = @name",
            List = "SELECT id, marker, name AS \"displayName\" FROM teams ORDER BY id",
            Create = ["INSERT INTO teams (name, marker) VALUES (@displayName, @marker) RETURNING id"],
            Update = ["UPDATE teams SET name = @displayName WHERE id = @id"],
            SetMarker = ["UPDATE teams SET marker = @marker WHERE id = @id"],
            Delete = ["DELETE FROM teams WHERE id = @id"],
            AddMember = ["INSERT INTO team_members (team, person) VALUES (@id, @member) ON CONFLICT DO NOTHING"],
            RemoveMember = ["DELETE FROM team_members WHERE team = @id AND person = @member"],
            ListMembers = "SELECT person FROM team_members WHERE team = @id ORDER BY person",
        };
        settings.PageSize = 3;
        return settings;
    }

    protected void CreateTables(string key)
    {
        Scalar($"""
            CREATE TABLE people (
                id {key}, user_name text NOT NULL UNIQUE, display_name text, given_name text, family_name text,
                age integer CHECK (age >= 0), marker text, active boolean NOT NULL, password_hash text);
            CREATE TABLE arrivals (person bigint NOT NULL REFERENCES people (id) ON DELETE CASCADE);
            CREATE TABLE teams (id {key}, name text NOT NULL UNIQUE, marker text);
            CREATE TABLE team_members (
                team bigint NOT NULL REFERENCES teams (id) ON DELETE CASCADE, person bigint NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                PRIMARY KEY (team, person));
            """);
    }
}
