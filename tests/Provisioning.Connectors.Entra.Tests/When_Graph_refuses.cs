using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Entra.Tests;

public sealed class When_Graph_refuses : IAsyncDisposable
{
    private readonly EntraTarget _target = new();

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Theory]
    [InlineData(400, "Directory_ConcurrencyViolation")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task Should_try_again_what_passes_and_name_the_code(int status, string code)
    {
        _target.Entra.Break(new Fault("POST", "/users") { Instead = GraphError.Make(status, code, "no") });
        await using var connector = _target.Connect();
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(EntraTarget.Ada(), _target.Context, default));
        Assert.Equal((FailureKind.Transient, $"{status} {code}"), (failure.Kind, failure.TargetCode));
    }

    [Fact]
    public async Task Should_pause_as_long_as_Graph_says()
    {
        _target.Entra.Break(new Fault("POST", "/users") { Instead = GraphError.Make(429, "TooManyRequests", "no", null, ("Retry-After", "17")) });
        await using var connector = _target.Connect();
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(EntraTarget.Ada(), _target.Context, default));
        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(17)), (failure.Kind, failure.RetryAfter));
    }

    [Fact]
    public async Task Should_not_stop_the_tenant_for_one_administrator()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(EntraTarget.Ada(), _target.Context, default);
        _target.Entra.Users.Single().Role = "Global Administrator";
        foreach (var change in (Func<Task>[])
        [
            () => connector.SetEnabledAsync(created.Id, false, _target.Context, default),
            () => connector.DeleteAsync(created.Id, _target.Context, default),
        ])
        {
            var failure = await Assert.ThrowsAsync<ConnectorException>(change);
            Assert.Equal(FailureKind.Rejected, failure.Kind);
            Assert.Contains("'Global Administrator'", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_replace_a_token_that_ended_or_was_revoked()
    {
        await using var connector = _target.Connect();
        await connector.CreateAsync(EntraTarget.Ada(), _target.Context, default);
        _target.Time.Advance(TimeSpan.FromHours(1));
        await connector.ListAsync(ResourceType.User, _target.Context, default).CountAsync();
        _target.Entra.Tokens.RevokeAll();
        await connector.ListAsync(ResourceType.User, _target.Context, default).CountAsync();
        Assert.Equal(3, _target.Entra.Tokens.Issued);
    }

    [Fact]
    public async Task Should_add_the_others_when_one_is_a_member_already()
    {
        await using var connector = _target.Connect();
        var members = new List<string>();
        for (var i = 0; i < 25; i++)
            members.Add((await connector.CreateAsync(EntraTarget.Ada(name: $"u{i}@corp.example", marker: $"m{i}"), _target.Context, default)).Id);
        var group = await connector.CreateGroupAsync(Group(), [members[3]], _target.Context, default);
        await connector.UpdateGroupAsync(group.Id, null, new MembershipDelta(members, []), _target.Context, default);
        Assert.Equal(members.Order(), _target.Entra.Groups.Single().Members.Order());
        await connector.UpdateGroupAsync(group.Id, null, new MembershipDelta([], members), _target.Context, default);
        Assert.Empty(_target.Entra.Groups.Single().Members);
    }

    [Fact]
    public async Task Should_tell_a_missing_group_from_a_member_who_is_not_known_yet()
    {
        await using var connector = _target.Connect();
        var group = await connector.CreateGroupAsync(Group(), [], _target.Context, default);
        var add = new MembershipDelta([Guid.NewGuid().ToString()], []);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.UpdateGroupAsync(group.Id, null, add, _target.Context, default));
        Assert.Equal(FailureKind.Transient, failure.Kind);
        _target.Entra.Groups.Clear();
        _target.Time.Advance(TimeSpan.FromMinutes(2));
        failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.UpdateGroupAsync(group.Id, null, add, _target.Context, default));
        Assert.Equal(FailureKind.Gone, failure.Kind);
    }

    private static NewAccount Group() => new("g-1", new JsonObject { ["displayName"] = "Sales" });
}
