using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>Everybody is planned again, and may be passed before what was decided by the old is stored.</summary>
public sealed class When_a_change_arrives_while_somebody_is_decided_about : ReplanFixture
{
    [Fact]
    public async Task Should_decide_once_more_after_an_update()
    {
        await using var host = new ReplanRig(Storage, Time, Names);
        await host.Pipeline.SubmitAsync(User(1), WriteKind.Insert, new Occasion(Trigger.Inbound), None);
        Change(host);
        await host.Pipeline.SubmitAsync(User(2), WriteKind.Update, new Occasion(Trigger.Inbound), None);
        Assert.Equal("en", await LocaleAsync());
    }

    [Fact]
    public async Task Should_decide_once_more_after_a_sign_in()
    {
        await using var host = new ReplanRig(Storage, Time, Names);
        await host.Pipeline.SubmitAsync(User(1), WriteKind.Insert, new Occasion(Trigger.Inbound), None);
        Change(host);
        await host.Pipeline.DecideAsync(User(1), new Occasion(Trigger.SignIn), None);
        Assert.Equal("en", await LocaleAsync());
    }

    [Fact]
    public async Task Should_decide_once_more_about_those_whose_group_changed()
    {
        await using var host = new ReplanRig(Storage, Time, Names);
        await host.Pipeline.SubmitAsync(User(1), WriteKind.Insert, new Occasion(Trigger.Inbound), None);
        await host.Groups.SubmitAsync(new Group("g1", "staff", [], [], "portal", 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), WriteKind.Insert, None);
        Change(host);
        await host.Groups.SubmitAsync(new Group("g1", "staff", [], ["u1"], "portal", 2, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), WriteKind.Update, None);
        Assert.Equal("en", await LocaleAsync());
    }

    // It is decided and planned, and the replan is through before that is stored.
    private static void Change(ReplanRig host) =>
        host.Ledger.BeforeCommit = () =>
        {
            host.Configure(Names + ", \"locale\": \"'en'\"");
            host.Replanner.RunIfChangedAsync(None).GetAwaiter().GetResult();
        };

    private static User User(long version) =>
        People.Known("u1", "ann", null, DateTimeOffset.UnixEpoch, version);

    private async Task<string?> LocaleAsync() =>
        Assert.Single(await Storage.Ledger.AssignmentsOfAsync(ResourceType.User, "u1", None)).DesiredAttributes?["locale"]?.ToString();
}
