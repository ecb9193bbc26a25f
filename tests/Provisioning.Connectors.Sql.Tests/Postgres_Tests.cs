using System.Text.Json.Nodes;
using Npgsql;

namespace Provisioning.Connectors.Sql.Tests;

public sealed class Postgres_Tests : IDisposable
{
    private readonly PostgresTarget _target = new();

    [Fact]
    public async Task When_two_transactions_lock_each_other_Should_be_transient()
    {
        // Whoever the server ends, a second try of the other order settles: what matters is the kind of the one that lost.
        await using var connector = _target.Open(settings => settings.Users.Disable =
        [
            "UPDATE people SET active = false WHERE id = @id",
            "SELECT 1 AS waited FROM pg_advisory_xact_lock_shared(1)",
            "UPDATE people SET age = age WHERE id <> @id",
        ]);
        var a = await connector.CreateAsync(SqlCalls.Person("a"));
        var b = await connector.CreateAsync(SqlCalls.Person("b"));

        // A lock of ours holds both after their first statement, so that each has what the other wants.
        var gate = (NpgsqlConnection)_target.Connect();
        await gate.OpenAsync(TestContext.Current.CancellationToken);
        await Execute(gate, "SELECT pg_advisory_lock(1)");
        var both = new[] { a.Id, b.Id }.Select(id => Record.ExceptionAsync(
            () => connector.SetEnabledAsync(id, false, SqlCalls.Context, CancellationToken.None)).AsTask()).ToList();
        while (Convert.ToInt64(_target.Scalar("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"), null) < 2)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        await gate.DisposeAsync();

        var lost = Assert.IsType<ConnectorException>(Assert.Single(await Task.WhenAll(both), failure => failure is not null));
        Assert.Equal(FailureKind.Transient, lost.Kind);
        Assert.Equal("40P01", lost.TargetCode);
    }

    [Fact]
    public async Task When_the_database_does_not_exist_Should_hold_the_whole_target()
    {
        await using var connector = _target.Open(settings =>
            settings.ConnectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Database = "no_such_database" }.ConnectionString);
        var failure = await SqlCalls.FailsAsync(FailureKind.Misconfigured, () => connector.CreateAsync(SqlCalls.Person("x")));
        Assert.Contains("no_such_database", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_user_may_not_write_Should_refuse_the_account_and_fail_the_test_of_the_connection()
    {
        var reader = $"reader_{Guid.NewGuid():N}";
        _target.Scalar($"CREATE ROLE {reader} LOGIN; GRANT USAGE ON SCHEMA {_target.Schema} TO {reader}; GRANT SELECT ON people TO {reader}");
        await using var connector = _target.Open(settings =>
            settings.ConnectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Username = reader }.ConnectionString);
        var failure = await SqlCalls.FailsAsync(FailureKind.Rejected, () => connector.CreateAsync(SqlCalls.Person("x")));
        Assert.Equal("42501", failure.TargetCode);
        Assert.Contains("permission denied", await connector.TestAsync(SqlCalls.Context, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_columns_have_types_of_their_own_Should_let_the_server_convert()
    {
        _target.Scalar("""
            CREATE TABLE staff (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), login text UNIQUE, marker text, hired date, mails text[], extra jsonb)
            """);
        await using var connector = _target.Open(settings => settings.Users = new SqlUserSettings
        {
            Get = "SELECT * FROM staff WHERE id = @id",
            Create =
            [
                """
                INSERT INTO staff (login, marker, hired, mails, extra)
                VALUES (@userName, @marker, @hired, ARRAY(SELECT jsonb_array_elements_text(@mails)), @extra) RETURNING id
                """,
            ],
        });
        var created = await connector.CreateAsync(SqlCalls.Person(
            "typed", ("hired", "2026-03-01"), ("mails", new JsonArray("a@x", "b@x")), ("extra", new JsonObject { ["desk"] = 7 })));
        Assert.True(Guid.TryParse(created.Id, out _));
        Assert.StartsWith("2026-03-01", created.Attributes["hired"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("""["a@x","b@x"]""", created.Attributes["mails"]!.ToJsonString());
        Assert.Equal("""{"desk":7}""", created.Attributes["extra"]!.ToJsonString());
        await SqlCalls.FailsAsync(
            FailureKind.Gone, () => connector.UpdateAsync("not-a-uuid", new AccountDelta([new("x", null, 1)], []), SqlCalls.Context, CancellationToken.None));
    }

    [Fact]
    public async Task When_a_column_cannot_be_read_Should_name_it()
    {
        await using var connector = _target.Open(settings => settings.Users.Get = "SELECT id, '9999-12-31'::date + 100000 AS beyond FROM people WHERE id = @id");
        var failure = await SqlCalls.FailsAsync(FailureKind.Rejected, () => connector.CreateAsync(SqlCalls.Person("far")));
        Assert.Contains("'beyond'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_server_stops_Should_recover_with_it()
    {
        await using var connector = _target.Open();
        await connector.CreateAsync(SqlCalls.Person("before"));
        _target.Scalar("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = '" + _target.Schema + "'");
        await SqlCalls.FailsAsync(FailureKind.Transient, () => connector.CreateAsync(SqlCalls.Person("during")));
        await connector.CreateAsync(SqlCalls.Person("after"));
    }

    public void Dispose() => _target.Dispose();

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Written in this class.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
