using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Tests;

public sealed class When_a_change_of_a_group_was_unheard
{
    private readonly ScriptedGroups _target = new() { Exists = true };
    private readonly KnownAccounts _accounts = new();
    private Assignment _group = Sample.Applied("""{"displayName":"team"}""", """{"displayName":"team","members":[]}""") with
    {
        ResourceType = ResourceType.Group, ResourceName = "team", AccountId = "g1",
    };

    public When_a_change_of_a_group_was_unheard()
    {
        foreach (var user in (string[])["ada", "bob", "eve"])
            _accounts.Ids[user] = $"t-{user}";
    }

    [Theory]
    [InlineData(FailureKind.Ambiguous)]
    [InlineData(FailureKind.Transient)]
    [InlineData(FailureKind.Throttled)]
    [InlineData(FailureKind.Rejected)]
    public async Task Should_remove_who_was_added_by_it_and_is_not_wanted_any_more(FailureKind kind)
    {
        _target.LosesNextAnswer = kind;
        await WishAsync("ada", "bob");
        await WishAsync("bob");
        Assert.Equal(["t-bob"], _target.Members);
        Assert.False(_group.Uncertain);
    }

    [Fact]
    public async Task Should_add_again_who_was_removed_by_it()
    {
        await WishAsync("ada");
        _target.LosesNextAnswer = FailureKind.Ambiguous;
        await WishAsync("bob");
        await WishAsync("ada");
        Assert.Equal(["t-ada"], _target.Members);
    }

    [Fact]
    public async Task Should_remove_who_has_no_account_any_more()
    {
        _target.LosesNextAnswer = FailureKind.Ambiguous;
        await WishAsync("ada", "bob");
        _accounts.Ids.Remove("ada");
        await WishAsync("ada", "bob");
        Assert.Equal(["t-bob"], _target.Members);
    }

    [Fact]
    public async Task Should_remember_the_members_of_a_group_that_was_made_by_it()
    {
        _target.Exists = false;
        _group = _group with { AccountId = null, Applied = AppliedState.None, AppliedAttributes = null };
        _target.LosesNextAnswer = FailureKind.Ambiguous;
        await WishAsync("ada", "bob");
        await WishAsync("eve");
        Assert.Equal(["t-eve"], _target.Members);
        Assert.Equal("g1", _group.AccountId);
    }

    [Fact]
    public async Task Should_finish_what_was_half_done()
    {
        await WishAsync("ada", "bob");
        _target.StopsAfter = 1;
        await WishAsync("eve");
        Assert.Equal(["t-ada", "t-bob", "t-eve"], _target.Members);
        await WishAsync("ada");
        Assert.Equal(["t-ada"], _target.Members);
    }

    [Fact]
    public async Task Should_remove_an_attribute_that_was_set_by_it_and_is_not_wanted_any_more()
    {
        _target.LosesNextAnswer = FailureKind.Ambiguous;
        await DesireAsync("""{"displayName":"team","title":"x"}""");
        Assert.Equal("x", _target.Title);
        await DesireAsync("""{"displayName":"team"}""");
        Assert.Null(_target.Title);
    }

    [Fact]
    public async Task Should_leave_alone_whom_somebody_else_added()
    {
        _target.Members.Add("t-guest");
        _target.LosesNextAnswer = FailureKind.Ambiguous;
        await WishAsync("ada");
        await WishAsync("bob");
        Assert.Equal(["t-bob", "t-guest"], _target.Members);
    }

    [Theory]
    [InlineData(500, 0, 500)]
    [InlineData(501, 1, 0)]
    public async Task Should_ask_who_is_in_only_where_adding_everybody_is_much(int members, int lists, int added)
    {
        var names = Enumerable.Range(0, members).Select(i => $"u{i}").ToArray();
        foreach (var name in names)
            _accounts.Ids[name] = $"t-{name}";
        _target.LosesNextAnswer = FailureKind.Ambiguous;
        await WishAsync(names);
        await WishAsync(names);
        Assert.Equal((members, lists), (_target.Members.Count, _target.Lists));
        Assert.Equal(added, _target.Deltas.Skip(1).Sum(x => x.Add.Count));
    }

    private Task WishAsync(params string[] members) => DesireAsync(new JsonObject
    {
        ["displayName"] = "team", ["members"] = new JsonArray([.. members.Select(x => JsonValue.Create(x))]),
    }.ToJsonString());

    private async Task DesireAsync(string attributes)
    {
        _group = _group with { DesiredAttributes = Sample.Json(attributes) };
        var result = await new Converger(_accounts).ConvergeAsync(
            _group, Sample.Provider, _target, new OperationContext("a1", 1, Sample.Now, _ => { }), null, TestContext.Current.CancellationToken);
        _group = _group with
        {
            Applied = result.Applied, AppliedAttributes = result.AppliedAttributes, AccountId = result.AccountId, Uncertain = result.Uncertain,
        };
    }
}
