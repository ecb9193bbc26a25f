using Provisioning.Core.Ledger;
using Provisioning.Storage.Sqlite;

namespace Provisioning.Storage.Tests;

public sealed class SqliteTests() : Fixture(Backend.SQLite)
{
    private SqliteDatabase Database => (SqliteDatabase)Storage.Database;

    [Fact]
    public async Task When_many_write_at_once_Should_lose_nothing_and_share_commits()
    {
        var before = Database.Commits;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
                await Ledger.CommitUserAsync(User($"{caller}-{i}"), WriteKind.Insert, [Plan($"{caller}-{i}")], None);
        })));
        Assert.Equal(64 * 20, await Storage.Users.CountUsersAsync(None));
        Assert.Equal(64 * 20, Assert.Single(await Ledger.CountAsync(None)).Count);
        Assert.Equal(64 * 20, Database.Operations);
        Assert.InRange(Database.Commits - before, 1, 64 * 20 / 4);
    }

    [Fact]
    public async Task When_a_caller_waits_Should_go_ahead_of_what_nobody_waits_for()
    {
        using var began = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var held = Database.WriteAsync(
            _ =>
            {
                began.Set();
                return go.Wait(TimeSpan.FromMinutes(1));
            },
            None);

        // Else the writer would take the others along with it.
        Assert.True(began.Wait(TimeSpan.FromMinutes(1)));
        var background = Enumerable.Range(0, 100).Select(i => Ledger.CommitUserAsync(User($"b{i}"), WriteKind.Insert, [Plan($"b{i}")], None)).ToList();
        var lease = new Lease("node", "node/1", Start + TimeSpan.FromMinutes(5));
        var caller = Ledger.CommitUserAsync(User("caller"), WriteKind.Insert, [Plan("caller") with { ClaimFor = lease }], None);
        var behind = 0L;
        var seen = Database.WriteAsync(session => behind = (long)session.Scalar("SELECT COUNT(*) FROM users")!, ahead: true, None);
        go.Set();
        await Task.WhenAll([held, caller, seen, .. background]);

        // Only the caller's own user was there when the caller's turn had come, and a hundred shared few commits no more.
        Assert.Equal(1, behind);
        Assert.InRange(Database.Commits, 100 / 8, 30);
        Assert.Equal(101, await Storage.Users.CountUsersAsync(None));
    }

    [Fact]
    public async Task When_a_commit_fails_Should_tell_the_callers_and_live_on()
    {
        Database.BeforeCommit = () => throw new IOException("disk full");
        await Assert.ThrowsAsync<IOException>(() => Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [], None));
        Database.BeforeCommit = null;
        Assert.Equal(0, await Storage.Users.CountUsersAsync(None));
        await Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [], None);
        Assert.Equal(1, await Storage.Users.CountUsersAsync(None));
    }

    [Fact]
    public async Task When_the_files_are_copied_while_writing_Should_open_consistent()
    {
        var copy = Path.Combine(Folder, "copy", "provisioning.db");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);

        // A checkpoint between the two copies would be a fault of the copying; a kill sees both files at one moment.
        await Database.WriteAsync(session => session.Scalar("PRAGMA wal_autocheckpoint=0"), None);
        var written = 0;
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 1000 && !stop.IsCancellationRequested; i++)
            {
                await Ledger.CommitUserAsync(User($"{caller}-{i}"), WriteKind.Insert, [Plan($"{caller}-{i}")], None);
                Interlocked.Increment(ref written);
            }
        })));
        while (Volatile.Read(ref written) < 20)
            await Task.Yield();
        var durable = Volatile.Read(ref written);
        Copy(File, copy);
        Copy(File + "-wal", copy + "-wal");
        await stop.CancelAsync();
        await writing;
        await using var reopened = await ProvisioningStorage.OpenSqliteAsync(copy, Time, None);
        var users = await reopened.Users.CountUsersAsync(None);
        Assert.InRange(users, durable, Volatile.Read(ref written));
        Assert.Equal(users, Assert.Single(await reopened.Ledger.CountAsync(None)).Count);
    }

    [Fact]
    public async Task When_a_second_host_opens_it_Should_refuse_and_name_the_folder()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ProvisioningStorage.OpenSqliteAsync(File, Time, None));
        Assert.Contains(Folder, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_closed_and_opened_Should_have_everything()
    {
        var path = Path.Combine(Folder, "again.db");
        await using (var first = await ProvisioningStorage.OpenSqliteAsync(path, Time, None))
        {
            await first.Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [Plan("u1")], None);
            await first.Users.CountUsersAsync(None);
        }

        await using var second = await ProvisioningStorage.OpenSqliteAsync(path, Time, None);
        Assert.Equal(1, await second.Users.CountUsersAsync(None));
    }

    private static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var target = new FileStream(to, FileMode.Create);
        source.CopyTo(target);
    }
}
