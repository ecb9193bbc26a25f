using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Testing;

namespace Provisioning.Storage.Tests;

/// <summary>What is read at once is bounded in bytes, and all of it is read nevertheless.</summary>
public abstract class BoundedReadTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : BoundedReadTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : BoundedReadTests(Backend.PostgreSQL);

    [Theory]
    [InlineData(250 * 1024, 5)]
    [InlineData(900 * 1024, 2)]
    [InlineData(3 * 1024 * 1024, 1)]
    [InlineData(10, 9)]
    public async Task When_users_are_large_Should_end_a_batch_by_their_bytes(int size, int batch)
    {
        await LargeAsync(9, size);
        var batches = await BatchesAsync(Storage.Users.ListUsersAsync);
        Assert.Equal(batch, batches[0].Count);
        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"u{i}"), batches.SelectMany(x => x));
    }

    [Fact]
    public async Task When_sizes_are_mixed_Should_exceed_the_limit_by_one_user_at_most()
    {
        foreach (var i in Enumerable.Range(0, 40))
            await Ledger.CommitUserAsync(Large($"u{i:d2}", i * 13_000), WriteKind.Insert, [], None);
        var read = 0;
        for (string? after = null; await Storage.Users.ListUsersAsync(after, 100, None) is { Count: > 0 } batch; after = batch[^1].Id)
        {
            Assert.InRange(batch.SkipLast(1).Sum(x => x.Registrations[0].Attributes.ToJsonString().Length), 0, Bounded.BatchBytes);
            read += batch.Count;
        }

        Assert.Equal(40, read);
    }

    [Fact]
    public async Task When_texts_have_wide_characters_Should_count_bytes()
    {
        await LargeAsync(4, 1);
        await SqlAsync($"UPDATE registrations SET attributes = '{{\"x\":\"{new string('\u6f22', 200_000)}\"}}'");
        Assert.Equal(2, (await Storage.Users.ListUsersAsync(null, 100, None)).Count);
    }

    [Fact]
    public async Task When_a_page_would_be_large_Should_end_it_and_go_on_behind_it()
    {
        await LargeAsync(9, 900 * 1024);
        var first = await Storage.Users.PageUsersAsync("portal", 0, 100, None);
        Assert.Equal((3, 9L), (first.Items.Count, first.Total));
        var second = await Storage.Users.PageUsersAsync(null, 3, 100, None);
        Assert.Equal(["u3", "u4", "u5"], second.Items.Select(x => x.Id));
    }

    [Fact]
    public async Task When_large_users_are_regrouped_Should_end_a_batch_by_their_bytes()
    {
        await LargeAsync(6, 900 * 1024);
        await Ledger.CommitGroupAsync(Group("g", ["u0", "u1", "u2", "u3", "u4", "u5"]), WriteKind.Insert, true, [], None);
        Assert.Equal([2, 2, 2], (await BatchesAsync(Storage.Users.ListRegroupedAsync)).Select(x => x.Count));
    }

    [Fact]
    public async Task When_groups_are_large_Should_end_batches_and_pages_by_their_members()
    {
        string[] crowd = [.. Enumerable.Range(0, 15_000).Select(i => $"u{i:d5}")];
        await CrowdAsync(crowd);
        foreach (var i in Enumerable.Range(0, 5))
            await Ledger.CommitGroupAsync(Group($"g{i}", crowd), WriteKind.Insert, true, [], None);
        var first = await Storage.Users.ListGroupsAsync(null, null, 100, None);
        Assert.Equal(["g0", "g1"], first.Select(x => x.Id));
        Assert.Equal(15_000, first[1].Members.Count);
        Assert.Equal(["g2", "g3"], (await Storage.Users.ListGroupsAsync(null, "g1", 100, None)).Select(x => x.Id));
        Assert.Equal((4, 5L), ((await Storage.Users.PageGroupsAsync(null, 0, 100, None)).Items.Count, (await Storage.Users.PageGroupsAsync(null, 0, 100, None)).Total));
    }

    private static async Task<List<List<string>>> BatchesAsync(Func<string?, int, CancellationToken, Task<IReadOnlyList<User>>> list)
    {
        var batches = new List<List<string>>();
        for (string? after = null; await list(after, 100, None) is { Count: > 0 } batch; after = batch[^1].Id)
            batches.Add([.. batch.Select(x => x.Id)]);
        return batches;
    }

    private async Task LargeAsync(int count, int size)
    {
        for (var i = 0; i < count; i++)
            await Ledger.CommitUserAsync(Large($"u{i}", size), WriteKind.Insert, [], None);
    }

    private static User Large(string id, int size) => People.Saying(User(id), new JsonObject { ["x"] = new string('x', size) });
}
