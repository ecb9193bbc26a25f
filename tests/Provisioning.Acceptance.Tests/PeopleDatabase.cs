using System.Globalization;
using Npgsql;
using Provisioning.Testing;

namespace Provisioning.Acceptance.Tests;

/// <summary>
/// A target that is a database of its own: people, teams, and a journal of who was added, changed and removed. It refuses no name, so that an account made twice
/// is seen, and it can make whoever reads or adds a person wait.
/// </summary>
internal sealed class PeopleDatabase
{
    /// <summary>What the commit of a new person waits for: it goes through also when nobody is there any more to hear of it.</summary>
    public const long Adding = 0;

    public PeopleDatabase()
    {
        Connection = LocalPostgres.Shared.NewDatabase();
        Run("""
            CREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, login text, title text, marker text, active boolean);
            CREATE TABLE teams (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, marker text);
            CREATE TABLE team_members (team bigint, person bigint, PRIMARY KEY (team, person));
            CREATE TABLE journal (what text);
            CREATE FUNCTION pass(gate bigint) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock_shared(gate); RETURN true; END';
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN INSERT INTO journal VALUES (lower(TG_OP) || '' '' || coalesce(NEW.login, OLD.login)); RETURN NULL; END';
            CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pass(0); RETURN NULL; END';
            CREATE TRIGGER noted AFTER INSERT OR UPDATE OF title OR DELETE ON people FOR EACH ROW EXECUTE FUNCTION note();
            CREATE CONSTRAINT TRIGGER waiting AFTER INSERT ON people DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait();
            """);
    }

    public string Connection { get; }

    /// <summary>The file of an identity provider that is this database.</summary>
    public string IdentityProvider(string name) => $$"""
        { "name": "{{name}}", "connector": "sql", "groups": [ "*" ], "reconciliation": { "settling": "PT0S" },
          "retry": { "firstDelay": "PT1S", "maxDelay": "PT2S" }, "limits": { "concurrency": 4 },
          "mapping": { "userName": "user.userName", "title": "user.title" },
          "settings": {
            "connectionString": "{{Connection}}", "pageSize": 100,
            "users": {
              "get": "SELECT id, marker, active AS enabled, login AS \"userName\", title FROM people WHERE id = @id",
              "findByMarker": "SELECT id, marker, active AS enabled, login AS \"userName\", title FROM people WHERE marker = @marker",
              "findByName": "SELECT id, marker, active AS enabled, login AS \"userName\", title FROM people WHERE login = @name",
              "list": "SELECT * FROM (SELECT id, marker, active AS enabled, login AS \"userName\", title FROM people WHERE id > coalesce(@after::bigint, 0) ORDER BY id LIMIT @limit::bigint) p WHERE pass(p.id)",
              "create": [ "INSERT INTO people (login, title, marker, active) VALUES (@userName, @title, @marker, @enabled) RETURNING id" ],
              "update": [ "UPDATE people SET login = @userName, title = @title WHERE id = @id" ],
              "enable": [ "UPDATE people SET active = true WHERE id = @id" ],
              "disable": [ "UPDATE people SET active = false WHERE id = @id" ],
              "delete": [ "DELETE FROM people WHERE id = @id" ]
            },
            "groups": {
              "get": "SELECT id, marker, name AS \"displayName\" FROM teams WHERE id = @id",
              "findByMarker": "SELECT id, marker, name AS \"displayName\" FROM teams WHERE marker = @marker",
              "findByName": "SELECT id, marker, name AS \"displayName\" FROM teams WHERE name = @name",
              "list": "SELECT id, marker, name AS \"displayName\" FROM teams WHERE id > coalesce(@after::bigint, 0) ORDER BY id LIMIT @limit::bigint",
              "create": [ "INSERT INTO teams (name, marker) VALUES (@displayName, @marker) RETURNING id" ],
              "update": [ "UPDATE teams SET name = @displayName WHERE id = @id" ],
              "delete": [ "DELETE FROM teams WHERE id = @id" ],
              "addMember": [ "INSERT INTO team_members (team, person) VALUES (@id, @member) ON CONFLICT DO NOTHING" ],
              "removeMember": [ "DELETE FROM team_members WHERE team = @id AND person = @member" ],
              "listMembers": "SELECT person FROM team_members WHERE team = @id"
            }
          } }
        """;

    public void Run(string sql) => Run(Connection, sql);

    public long Count(string sql) => long.Parse(Assert.Single(List(sql)), CultureInfo.InvariantCulture);

    public IReadOnlyList<string> List(string sql) => List(Connection, sql);

    /// <summary>Whoever reads this person (or adds one, for <see cref="Adding"/>) waits until what is returned is disposed of.</summary>
    public IDisposable Hold(long gate)
    {
        var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({gate})", connection);
        command.ExecuteNonQuery();
        return connection;
    }

    public Task SomebodyWaitsAsync() => HostProcess.UntilAsync(() => Task.FromResult(Count(
        "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted") > 0));

    public static IReadOnlyList<string> List(string connection, string sql)
    {
        using var open = new NpgsqlConnection(connection);
        open.Open();
        using var command = new NpgsqlCommand(sql, open);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        return rows;
    }

    private static void Run(string connection, string sql) => List(connection, sql);
}
