using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

public sealed class When_everybody_is_planned_again : ReplanFixture
{
    private const int Users = 300;
    private const int WithTitle = 30;
    private const string Titles = Names + ", \"title\": \"user.title\"";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        for (var i = 0; i < Users; i++)
        {
            var attributes = new JsonObject { ["userName"] = $"user{i}", ["title"] = i < WithTitle ? "clerk" : null };
            await Storage.Ledger.CommitUserAsync(People.Known($"u{i:000}", $"user{i}", attributes, Time.GetUtcNow()), WriteKind.Insert, [], None);
        }
    }

    [Fact]
    public async Task Should_store_what_differs_and_nothing_else()
    {
        await using var host = await PlannedAsync(Names);
        Assert.Equal((Users, Users / 50), (host.Ledger.Plans, host.Ledger.Commits));

        // Another revision that comes to the same.
        host.Ledger.Reset();
        host.Configure("  " + Names);
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal((2 * Users, 0), (host.Ledger.Looks, host.Ledger.Commits));

        host.Configure(Titles);
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal((WithTitle, 1), (host.Ledger.Plans, host.Ledger.Commits));
    }

    [Fact]
    public async Task Should_go_on_where_it_was_after_a_crash()
    {
        await using var host = new ReplanRig(Storage, Time, Names);
        host.Ledger.FailAfter = 3;
        await Assert.ThrowsAsync<IOException>(() => host.Replanner.RunIfChangedAsync(None));
        host.Ledger.FailAfter = null;
        host.Ledger.Reset();
        await host.Replanner.RunIfChangedAsync(None);

        // The first hundred were noted; of the second hundred, half is there already.
        Assert.Equal((200, 150), (host.Ledger.Looks, host.Ledger.Plans));
        Assert.Equal(Users, (await Storage.Ledger.CountAsync(None)).Sum(x => x.Count));
    }

    [Fact]
    public async Task Should_be_done_by_one_host_at_aTime_and_by_another_when_that_one_is_gone()
    {
        Assert.True(await Storage.Leases.TryTakeAsync("replan", "another host", TimeSpan.FromMinutes(1), None));
        await using var host = new ReplanRig(Storage, Time, Names);
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal(0, host.Ledger.Looks);
        Time.Advance(TimeSpan.FromMinutes(1));
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal(Users, host.Ledger.Plans);
    }

    [Fact]
    public async Task Should_not_undo_for_ever_what_a_host_with_another_configuration_planned()
    {
        await using var first = await PlannedAsync(Names);
        await using var second = await PlannedAsync(Titles);
        Assert.Equal(WithTitle, second.Ledger.Plans);
        first.Ledger.Reset();
        second.Ledger.Reset();
        for (var i = 0; i < 3; i++)
        {
            await first.Replanner.RunIfChangedAsync(None);
            await second.Replanner.RunIfChangedAsync(None);
        }

        Assert.Equal((0, 0), (first.Ledger.Looks, second.Ledger.Looks));

        // Now it has the new one too. It may have decided without it since the other one planned everybody, so it looks again, once.
        first.Configure(Titles);
        await first.BeatAsync();
        await first.Replanner.RunIfChangedAsync(None);
        Assert.Equal((2 * Users, 0), (first.Ledger.Looks, first.Ledger.Commits));
        await first.Replanner.RunIfChangedAsync(None);
        Assert.Equal(2 * Users, first.Ledger.Looks);
    }

    private async Task<ReplanRig> PlannedAsync(string mapping)
    {
        var host = new ReplanRig(Storage, Time, mapping);
        await host.BeatAsync();
        await host.Replanner.RunIfChangedAsync(None);
        return host;
    }
}
