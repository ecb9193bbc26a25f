using Npgsql;
using Provisioning.Core.Ledger;
using Provisioning.Testing;

namespace Provisioning.Storage.Tests;

/// <summary>A server that goes away in the middle of the work, and comes back.</summary>
public sealed class PostgresFaultTests() : Fixture(Backend.PostgreSQL)
{
    [Fact]
    public async Task When_connections_are_cut_under_load_Should_store_everything_once()
    {
        var stop = false;
        var cutting = Task.Run(async () =>
        {
            while (!Volatile.Read(ref stop))
            {
                await CutAsync();
                await Task.Delay(50);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async caller =>
        {
            for (var i = 0; i < 25; i++)
                await Ledger.CommitUserAsync(User($"{caller}-{i}"), WriteKind.Insert, [Plan($"{caller}-{i}")], None);
        }));
        Volatile.Write(ref stop, true);
        await cutting;
        Assert.Equal(400, await Storage.Users.CountUsersAsync(None));
        Assert.Equal(400, Assert.Single(await Ledger.CountAsync(None)).Count);
    }

    [Fact]
    public async Task When_the_server_restarts_under_load_Should_lose_nothing_that_was_acknowledged()
    {
        using var server = new LocalPostgres(durable: true);
        var database = server.NewDatabase();
        await using var storage = await ProvisioningStorage.OpenPostgresAsync(database, Time, None);
        var acknowledged = 0;
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
        {
            for (var i = 0; i < 100; i++)
            {
                await storage.Ledger.CommitUserAsync(User($"{caller}-{i}"), WriteKind.Insert, [Plan($"{caller}-{i}")], None);
                Interlocked.Increment(ref acknowledged);
            }
        }));
        for (var restart = 1; restart <= 3; restart++)
        {
            while (Volatile.Read(ref acknowledged) < 200 * restart && !writing.IsCompleted)
                await Task.Delay(5);
            await Task.Run(server.Stop);
            await Task.Run(server.Start);
        }

        await writing;
        Assert.Equal(800, await storage.Users.CountUsersAsync(None));
        Assert.Equal(800, Assert.Single(await storage.Ledger.CountAsync(None)).Count);
    }

    [Fact]
    public async Task When_a_text_cannot_be_stored_as_it_is_Should_store_it_with_marks()
    {
        var assignment = await PlanAsync(Plan("u1") with { ClaimFor = Lease("w") });
        var failed = Failed(assignment, "w");
        Assert.True(await Ledger.RecordAsync(failed with { Attempt = failed.Attempt with { Message = "a\0b\ud800c" } }, None));
        Assert.Equal("a\ufffdb\ufffdc", (await GetAsync(assignment.Id)).LastError);
    }

    [Fact]
    public async Task When_the_server_is_not_there_Should_say_where_it_looked_and_no_password()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ProvisioningStorage.OpenPostgresAsync("Host=127.0.0.1;Port=1;Database=prov;Username=u;Password=hush", Time, None));
        Assert.Contains("'prov' at '127.0.0.1'", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refused.ToString(), StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ProvisioningStorage.OpenPostgresAsync("hush", Time, None));
        Assert.DoesNotContain("hush", refused.Message, StringComparison.Ordinal);
    }

    private async Task CutAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 3", connection);
        await command.ExecuteNonQueryAsync();
    }
}
