using Microsoft.Data.Sqlite;
using Provisioning.Core.Ledger;
using Provisioning.Storage.Sqlite;
using Provisioning.Testing;

namespace Provisioning.Storage.Tests;

/// <summary>What goes wrong around the storage reaches the caller, and the writer lives on.</summary>
public sealed class FaultTests() : Fixture(Backend.SQLite)
{
    private SqliteDatabase Database => (SqliteDatabase)Storage.Database;

    [Fact]
    public async Task When_the_disk_is_full_Should_tell_the_caller_and_live_on()
    {
        var pages = await Database.WriteAsync(session => (long)session.Scalar("PRAGMA page_count")!, None);
        await Database.WriteAsync(session => session.Scalar($"PRAGMA max_page_count={pages + 4}"), None);
        var big = People.Saying(User("big"), new() { ["photo"] = new string('x', 1_000_000) });
        var full = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Ledger.CommitUserAsync(big, WriteKind.Insert, [Plan("big")], None));
        Assert.Contains("the disk of the database is full", full.Message, StringComparison.Ordinal);

        await Database.WriteAsync(session => session.Scalar("PRAGMA max_page_count=1000000"), None);
        await Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [Plan("u1")], None);
        Assert.Equal(1, await Storage.Users.CountUsersAsync(None));
        Assert.Equal(1, Assert.Single(await Ledger.CountAsync(None)).Count);
    }

    [Fact]
    public async Task When_the_file_is_locked_Should_tell_the_caller_and_live_on()
    {
        await using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        await other.OpenAsync();
        await ExecuteAsync(other, "BEGIN IMMEDIATE");
        var locked = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [], None));
        Assert.Contains("locked", locked.Message, StringComparison.Ordinal);

        await ExecuteAsync(other, "ROLLBACK");
        await Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [], None);
        Assert.Equal(1, await Storage.Users.CountUsersAsync(None));
    }

    [Fact]
    public async Task When_a_caller_gives_up_before_its_turn_Should_skip_only_its_write()
    {
        using var gate = new ManualResetEventSlim();
        using var impatient = new CancellationTokenSource();
        var busy = Database.WriteAsync(_ => gate.Wait(TimeSpan.FromSeconds(30)), None);
        var skipped = Ledger.CommitUserAsync(User("skipped"), WriteKind.Insert, [], impatient.Token);
        var stays = Ledger.CommitUserAsync(User("stays"), WriteKind.Insert, [], None);
        await impatient.CancelAsync();
        gate.Set();
        Assert.True(await busy);
        await stays;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => skipped);
        Assert.Equal("stays", Assert.Single(await Storage.Users.ListUsersAsync(null, 10, None)).Id);
    }

    [Fact]
    public async Task When_two_users_swap_names_by_way_of_a_third_Should_allow()
    {
        await Ledger.CommitUserAsync(User("u1", "ann"), WriteKind.Insert, [], None);
        await Ledger.CommitUserAsync(User("u2", "bob"), WriteKind.Insert, [], None);
        await Ledger.CommitUserAsync(User("u1", "swap", 2), WriteKind.Update, [], None);
        await Ledger.CommitUserAsync(User("u2", "ann", 2), WriteKind.Update, [], None);
        await Ledger.CommitUserAsync(User("u1", "bob", 3), WriteKind.Update, [], None);
        Assert.Equal("u2", (await Storage.Users.FindUserByNameAsync("ann", None))!.Id);
        Assert.Equal("u1", (await Storage.Users.FindUserByNameAsync("bob", None))!.Id);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
