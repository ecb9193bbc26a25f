using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

public abstract class NodeTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : NodeTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : NodeTests(Backend.PostgreSQL);

    [Fact]
    public async Task When_a_node_beats_Should_be_listed_with_what_it_runs_with()
    {
        await Storage.Nodes.BeatAsync(Node("a"), None);
        await Storage.Nodes.BeatAsync(Node("a") with { PolicyRevision = "p2" }, None);
        var listed = Assert.Single(await Storage.Nodes.ListAsync(None));
        Assert.Equal(Node("a") with { PolicyRevision = "p2" }, listed.Node);
        Assert.True(listed.Alive);
    }

    [Fact]
    public async Task When_a_node_died_Should_end_its_leases_and_no_others()
    {
        await Storage.Nodes.BeatAsync(Node("dead"), None);
        await Storage.Nodes.BeatAsync(Node("b"), None);
        await PlanAsync(Plan("u1"));
        await PlanAsync(Plan("u2"));
        await ClaimAsync("dead/1", 1);
        await ClaimAsync("b/1", 1);
        Assert.Equal(0, await Storage.Nodes.BeatAsync(Node("b"), None));
        await SqlAsync("UPDATE nodes SET heartbeat = heartbeat - 21000 WHERE name = 'dead'");
        Assert.False(Assert.Single(await Storage.Nodes.ListAsync(None), x => x.Node.Name == "dead").Alive);

        Assert.Equal(1, await Storage.Nodes.BeatAsync(Node("b"), None));
        Assert.Equal(0, await Storage.Nodes.BeatAsync(Node("b"), None));
        var taken = Assert.Single(await ClaimAsync("b/2"));
        Assert.Equal(("u1", true), (taken.ResourceId, taken.Uncertain));
    }

    [Fact]
    public async Task When_a_node_leaves_Should_hand_over_at_once()
    {
        await Storage.Nodes.BeatAsync(Node("a"), None);
        await PlanAsync(Plan("u1"));
        await ClaimAsync("a/1");
        await Storage.Nodes.LeaveAsync("a", None);
        Assert.Empty(await Storage.Nodes.ListAsync(None));
        Assert.True(Assert.Single(await ClaimAsync("b/1")).Uncertain);
    }

    [Fact]
    public async Task When_a_node_died_long_ago_Should_be_forgotten()
    {
        await Storage.Nodes.BeatAsync(Node("old"), None);
        await SqlAsync("UPDATE nodes SET heartbeat = heartbeat - 90000000 WHERE name = 'old'");
        await Storage.Nodes.BeatAsync(Node("b"), None);
        Assert.Equal("b", Assert.Single(await Storage.Nodes.ListAsync(None)).Node.Name);
    }

    private static Node Node(string name) => new(name, Start, "1.0", "c1", "p1");
}
