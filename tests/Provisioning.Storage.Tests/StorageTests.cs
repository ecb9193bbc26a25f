using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage.Tests;

public abstract class StorageTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : StorageTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : StorageTests(Backend.PostgreSQL);

    [Fact]
    public async Task When_one_of_a_batch_fails_Should_fail_alone()
    {
        await Ledger.CommitUserAsync(User("taken"), WriteKind.Insert, [], None);
        var tasks = Enumerable.Range(0, 50)
            .Select(i => Ledger.CommitUserAsync(User($"u{i}", i % 5 == 0 ? "taken" : null), WriteKind.Insert, [Plan($"u{i}")], None))
            .ToList();
        await Task.WhenAll(tasks.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default)));
        Assert.All(tasks, (task, i) => Assert.Equal(i % 5 == 0, task.Exception?.InnerException is DuplicateNameException));
        Assert.Equal(41, await Storage.Users.CountUsersAsync(None));
        Assert.Equal(40, Assert.Single(await Ledger.CountAsync(None)).Count);
    }

    [Fact]
    public async Task When_a_setting_is_set_Should_be_read_back_until_removed()
    {
        Assert.Null(await Storage.Settings.GetAsync("k", None));
        await Storage.Settings.SetAsync("k", "1", None);
        await Storage.Settings.SetAsync("k", "2", None);
        Assert.Equal("2", await Storage.Settings.GetAsync("k", None));
        await Storage.Settings.SetAsync("k", null, None);
        Assert.Null(await Storage.Settings.GetAsync("k", None));
    }

    [Fact]
    public async Task When_audited_Should_list_the_newest_first()
    {
        await Storage.Audit.WriteAsync("ann", "park", "a1", null, None);
        await Storage.Audit.WriteAsync("bob", "retry", "a2", "{}", None);
        Assert.Equal([new AuditEntry(Start, "bob", "retry", "a2", "{}")], await Storage.Audit.ListAsync(1, None));
        Assert.Equal(2, (await Storage.Audit.ListAsync(10, None)).Count);
    }
}
