using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>The group is stored, and its members are to be decided about after it.</summary>
public sealed class When_a_host_dies_after_a_group_changed : ReplanFixture
{
    [Fact]
    public async Task Should_decide_about_its_members_at_the_next_sweep()
    {
        var now = Time.GetUtcNow();
        await Storage.Ledger.CommitUserAsync(People.Known("u1", "ada", new JsonObject { ["userName"] = "ada" }, now), WriteKind.Insert, [], None);
        await using var host = new ReplanRig(Storage, Time, Names);
        host.Ledger.FailAfter = 0;
        var group = new Group("g1", "staff", [], ["u1"], "portal", 1, now, now);
        await Assert.ThrowsAsync<IOException>(() => host.Groups.SubmitAsync(group, WriteKind.Insert, None));
        host.Ledger.FailAfter = null;

        // Whoever got no answer says the same again, and by then nobody joins.
        await host.Groups.SubmitAsync(group with { Version = 2 }, WriteKind.Update, None);
        Assert.Empty(await Storage.Ledger.AssignmentsOfAsync(ResourceType.User, "u1", None));

        await host.Groups.ReplanRegroupedAsync(None);
        Assert.Single(await Storage.Ledger.AssignmentsOfAsync(ResourceType.User, "u1", None));
        Assert.Empty(await Storage.Users.ListRegroupedAsync(null, 10, None));
    }
}
