using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Google.Tests;

public sealed class When_groups_are_provisioned : IAsyncDisposable
{
    private readonly GoogleTarget _target = new();

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Fact]
    public async Task Should_derive_the_address_and_keep_the_marker_beside_the_description()
    {
        await using var connector = _target.Connect();
        var group = await connector.CreateGroupAsync(Group("""{"displayName":"Field Sales (EU)","description":"who sells"}"""), [], _target.Context, default);
        var stored = Assert.Single(_target.Google.Groups);
        Assert.Equal(("field-sales-eu@corp.example", "who sells [provisioning:g-1]"), (stored.Email, stored.Body["description"]!.ToString()));
        Assert.Equal("who sells", group.Attributes["description"]!.ToString());
        var delta = new AccountDelta([new("description", null, "who buys")], []);
        await connector.UpdateGroupAsync(group.Id, delta, new MembershipDelta([], []), _target.Context, default);
        Assert.Equal("who buys [provisioning:g-1]", stored.Body["description"]!.ToString());
    }

    [Fact]
    public async Task Should_say_what_is_missing_when_no_address_can_be_derived()
    {
        await using var connector = _target.Connect(settings => settings.GroupDomain = null);
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.CreateGroupAsync(Group("""{"displayName":"Sales"}"""), [], _target.Context, default));
        Assert.Equal((FailureKind.Rejected, "the group 'Sales' has no 'email'; set groupDomain to derive one from the name"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Should_retry_while_the_group_service_does_not_know_the_user()
    {
        _target.Google.MemberLag = TimeSpan.FromMinutes(10);
        await using var connector = _target.Connect();
        var user = await connector.CreateAsync(When_users_are_provisioned.Ada(), _target.Context, default);
        var group = await connector.CreateGroupAsync(Group("""{"displayName":"Sales"}"""), [], _target.Context, default);
        var add = new MembershipDelta([user.Id], []);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.UpdateGroupAsync(group.Id, null, add, _target.Context, default));
        Assert.Equal(FailureKind.Transient, failure.Kind);
        _target.Time.Advance(TimeSpan.FromMinutes(11));
        await connector.UpdateGroupAsync(group.Id, null, add, _target.Context, default);
        Assert.Equal([user.Id], _target.Google.Groups.Single().Members);
    }

    [Fact]
    public async Task Should_go_on_with_a_large_group_where_the_last_attempt_ended()
    {
        await using var connector = _target.Connect();
        var members = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            var attributes = When_users_are_provisioned.Json($$$"""{"primaryEmail":"u{{{i}}}@corp.example","name":{"givenName":"U","familyName":"U"}}""");
            members.Add((await connector.CreateAsync(new NewAccount($"m{i}", attributes), _target.Context, default)).Id);
        }

        var group = await connector.CreateGroupAsync(Group("""{"displayName":"All"}"""), [.. members.Take(30)], _target.Context, default);
        var before = _target.Google.Requests.Count;
        await connector.UpdateGroupAsync(group.Id, null, new MembershipDelta(members, []), _target.Context, default);
        Assert.Equal(10, _target.Google.Requests.Skip(before).Count(request => request.Method == "POST"));
        Assert.Equal(members.Order(), _target.Google.Groups.Single().Members.Order());
    }

    [Fact]
    public async Task Should_tell_whose_a_group_is()
    {
        await using var connector = _target.Connect();
        await connector.CreateGroupAsync(Group("""{"displayName":"Sales"}"""), [], _target.Context, default);
        var found = Assert.Single(await connector.FindAsync(ResourceType.Group, new MatchKey("g-2", "Sales"), _target.Context, default));
        Assert.Equal(AccountOwnership.Foreign, found.Ownership);
    }

    private static NewAccount Group(string attributes) => new("g-1", JsonNode.Parse(attributes)!.AsObject());
}
