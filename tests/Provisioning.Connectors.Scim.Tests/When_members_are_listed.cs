namespace Provisioning.Connectors.Scim.Tests;

/// <summary>A member that the listing leaves out would be added again, and a replacement would throw it out.</summary>
public sealed class When_members_are_listed
{
    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    [Theory]
    [InlineData("""{}""", "")]
    [InlineData("""{"members":null}""", "")]
    [InlineData("""{"members":[{"value":"1"},{"value":"2","type":"User"},{"value":"3","type":"Group"},{"type":"Group"}]}""", "1,2")]
    public async Task Should_give_the_accounts(string group, string ids)
    {
        await using var target = await FakeTarget.StartAsync(200, group);
        await using var connector = target.Connect();
        Assert.Equal(ids, string.Join(",", await connector.ListMembersAsync("g", s_context, default).ToListAsync()));
    }

    [Theory]
    [InlineData("""{"members":{"value":"1"}}""")]
    [InlineData("""{"members":"1"}""")]
    [InlineData("""{"members":[{"value":"1"},{"display":"Ada"}]}""")]
    [InlineData("""{"members":[{"value":"1"},{"value":""}]}""")]
    [InlineData("""{"members":[{"value":"1"},null]}""")]
    [InlineData("""{"members":["1"]}""")]
    public async Task Should_not_leave_out_what_it_cannot_read(string group)
    {
        await using var target = await FakeTarget.StartAsync(200, group);
        await using var connector = target.Connect();
        var failure = await Assert.ThrowsAsync<ConnectorException>(async () => await connector.ListMembersAsync("g", s_context, default).CountAsync());
        Assert.Equal(FailureKind.Transient, failure.Kind);
    }

    [Theory]
    [InlineData("replace")]
    [InlineData("put")]
    public async Task Should_not_replace_members_that_it_cannot_read(string way)
    {
        await using var target = await FakeTarget.StartAsync(200, """{"id":"g","members":{"value":"1"}}""");
        await using var connector = target.Connect(settings => settings.Switches = way == "put"
            ? new() { Discovery = false, GroupUpdate = "put" } : new() { Discovery = false, RemoveMembers = way });
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.UpdateGroupAsync("g", null, new MembershipDelta([], ["2"]), s_context, default));
        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.All(target.Requests, request => Assert.Equal("GET", request.Method));
    }
}
