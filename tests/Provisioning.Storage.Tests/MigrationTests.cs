using Microsoft.Data.Sqlite;
using Npgsql;
using Provisioning.Connectors;
using Provisioning.Core.Users;
using Provisioning.Storage.Postgres;
using Provisioning.Storage.Sqlite;
using Provisioning.Testing;

namespace Provisioning.Storage.Tests;

/// <summary>A database of every earlier version, with data in it, is brought up to date and keeps the data.</summary>
public sealed class MigrationTests() : Fixture(Backend.SQLite)
{
    // Before each service provider had a registration of its own.
    private const string OfOneText = """
        INSERT INTO users (id, user_name, user_name_key, external_id, attributes, service_providers, version, created, modified)
        VALUES ('u1', 'Ann', 'ann', 'x1', '{"userName":"Ann","displayName":"Émile Å","externalId":"x1","emails":[{"value":"Ann@X"},{"value":"ann@x"},{"type":"work"}],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"E7"}}', '["portal","shop"]', 3, 1, 2);
        INSERT INTO groups (id, display_name, display_name_key, attributes, service_providers, version, created, modified)
        VALUES ('g1', 'Team', 'team', '{}', '["portal"]', 1, 1, 2);
        """;

    private const string OfRegistrations = """
        INSERT INTO users (id, user_name, user_name_key, apart, version, created, modified) VALUES ('u1', 'Ann', 'ann', '', 3, 1, 2);
        INSERT INTO registrations (user_id, service_provider, user_name_key, external_id, email_key, attributes, origin, version, created, modified)
        SELECT 'u1', p.name, 'ann', 'x1', 'ann@x', '{"userName":"Ann","displayName":"Émile Å","externalId":"x1"}', 0, 3, p.place, 2
        FROM (SELECT 'portal' AS name, 1 AS place UNION ALL SELECT 'shop', 2) p;
        INSERT INTO registration_values (value_key, kind, service_provider, user_id) VALUES ('e7', 1, 'portal', 'u1');
        INSERT INTO groups (id, display_name, display_name_key, attributes, service_provider, version, created, modified) VALUES ('g1', 'Team', 'team', '{}', 'portal', 1, 1, 2);
        """;

    private const string Data = """
        INSERT INTO group_members (group_id, user_id, position) VALUES ('g1', 'u1', 0);
        INSERT INTO assignments (id, identity_provider, resource_type, resource_id, resource_name, resource_name_key, desired, desired_attributes,
            desired_revision, applied, uncertain, status, attempts, due_at, modified)
        VALUES ('a1', 'ldap', 0, 'u1', 'Ann', 'ann', 0, '{"name":"A"}', 7, 0, FALSE, 0, 2, 5, 6);
        INSERT INTO attempts (assignment_id, started, took_ms, operations, failure, message) VALUES ('a1', 1, 2, 'create', 0, 'no route');
        INSERT INTO settings (key, value) VALUES ('k', 'v');
        INSERT INTO audit (at, actor, action, subject, detail) VALUES (1, 'ann', 'park', 'a1', NULL);
        """;

    public static TheoryData<Backend, long> Versions()
    {
        var versions = new TheoryData<Backend, long>();
        foreach (var (backend, dialect) in ((Backend, SqlDialect)[])[(Backend.SQLite, SqliteDialect.Instance), (Backend.PostgreSQL, PostgresDialect.Instance)])
            foreach (var (number, _) in Migrator.Scripts(dialect).SkipLast(1))
                versions.Add(backend, number);
        return versions;
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task When_it_is_of_an_earlier_version_Should_be_brought_up_to_date_with_its_data(Backend backend, long version)
    {
        Assert.SkipUnless(backend == Backend.SQLite || LocalPostgres.IsInstalled, LocalPostgres.Missing);
        var path = Path.Combine(Folder, "old.db");
        var place = backend == Backend.SQLite ? $"Data Source={path};Pooling=False" : LocalPostgres.Shared.NewDatabase();
        using (var session = backend == Backend.SQLite ? Open(new SqliteConnection(place), SqliteDialect.Instance) : Open(new NpgsqlConnection(place), PostgresDialect.Instance))
        {
            Assert.True(Migrator.Migrate(session, Start, version));
            session.Script((version < 13 ? OfOneText : OfRegistrations) + Data);
        }

        await using var storage = backend == Backend.SQLite
            ? await ProvisioningStorage.OpenSqliteAsync(path, Time, None)
            : await ProvisioningStorage.OpenPostgresAsync(place, Time, None);
        var user = Assert.Single(await storage.Users.ListByExternalIdAsync("portal", "x1", null, 9, None));
        Assert.Equal(("Ann", 3L, true), (user.UserName, user.Version, user.IsMatched));
        Assert.Equal(["portal", "shop"], user.Registrations.Select(x => x.ServiceProvider));
        Assert.All(user.Registrations, x => Assert.Equal(("Ann", RegistrationOrigin.Registered, 3L), (x.Attributes["userName"]!.ToString(), x.Origin, x.Version)));
        Assert.Equal("portal", (await storage.Users.FindGroupAsync("g1", None))!.ServiceProvider);
        Assert.Equal("u1", Assert.Single(await storage.Users.ListByEmailAsync("shop", "ANN@x", None)).Id);
        Assert.Equal("u1", Assert.Single(await storage.Users.ListByValueAsync(null, new(RegistrationValueKind.EmployeeNumber, "e7"), None)).Id);
        Assert.Equal("u1", Assert.Single(await storage.Users.ListByDisplayNameAsync("portal", "éMILE å", null, 9, None)).Id);
        Assert.Equal("u1", Assert.Single(await storage.Users.ListModifiedAsync("shop", DateTimeOffset.UnixEpoch, ModifiedPlace.Latest, 10, None)).Id);
        Assert.Equal(["u1"], (await storage.Users.FindGroupAsync("g1", None))!.Members);
        Assert.Equal((7L, 2), (await storage.Ledger.FindAssignmentAsync("a1", None)) is { } assignment ? (assignment.DesiredRevision, assignment.Attempts) : default);
        Assert.Equal(FailureKind.Transient, Assert.Single(await storage.Ledger.AttemptsOfAsync("a1", 10, None)).Failure);
        Assert.Equal("v", await storage.Settings.GetAsync("k", None));
        Assert.Single(await storage.Audit.ListAsync(10, None));
        Assert.Equal("a1", Assert.Single(await storage.Ledger.ClaimAsync("ldap", 10, Lease("w"), Start, None)).Id);
    }

    private static SqlSession Open(System.Data.Common.DbConnection connection, SqlDialect dialect)
    {
        connection.Open();
        return new SqlSession(connection, dialect);
    }
}
