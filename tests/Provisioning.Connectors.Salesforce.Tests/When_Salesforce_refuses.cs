using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Salesforce.Tests;

public sealed class When_Salesforce_refuses : IAsyncDisposable
{
    private readonly SalesforceTarget _target = new();

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Theory]
    [InlineData(400, "UNABLE_TO_LOCK_ROW")]
    [InlineData(400, "LICENSE_LIMIT_EXCEEDED")]
    [InlineData(503, "SERVER_UNAVAILABLE")]
    public async Task Should_try_again_what_passes_and_name_code_and_field(int status, string code)
    {
        _target.Salesforce.Break(new Fault("POST", "/sobjects/User") { Instead = SalesforceRefusal.Make(status, code, "no", "Field") });
        await using var connector = _target.Connect();
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default));
        Assert.Equal((FailureKind.Transient, $"{status} {code}", $"HTTP {status} {code}: no (Field)"), (failure.Kind, failure.TargetCode, failure.Message));
    }

    [Fact]
    public async Task Should_pause_long_when_the_daily_calls_are_used_up()
    {
        await using var connector = _target.Connect();
        await connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default);
        _target.Salesforce.CallsAllowed = _target.Salesforce.CallsUsed;
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.SetEnabledAsync("005", true, _target.Context, default));
        Assert.Equal((FailureKind.Throttled, TimeSpan.FromMinutes(30)), (failure.Kind, failure.RetryAfter));
    }

    [Fact]
    public async Task Should_leave_the_last_calls_of_the_day_to_people()
    {
        await using var connector = _target.Connect();
        _target.Salesforce.CallsAllowed = 10;
        _target.Salesforce.CallsUsed = 8;
        var created = await connector.CreateAsync(SalesforceTarget.Ada("""{"Profile":null,"ProfileId":"00e000000000001AAA"}"""), _target.Context, default);
        Assert.NotEmpty(created.Id);
        var failure = await Assert.ThrowsAsync<ConnectorException>(async () => await connector.ListAsync(ResourceType.User, _target.Context, default).CountAsync());
        Assert.Equal((FailureKind.Throttled, "9 of 10 daily API calls are used; listings wait so that people can still be provisioned"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Should_keep_a_token_until_it_is_refused()
    {
        await using var connector = _target.Connect();
        await connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default);
        _target.Time.Advance(TimeSpan.FromMinutes(110));
        await connector.ListAsync(ResourceType.User, _target.Context, default).CountAsync();
        Assert.Equal(1, _target.Salesforce.Tokens.Issued);
        _target.Time.Advance(TimeSpan.FromMinutes(20));
        await connector.ListAsync(ResourceType.User, _target.Context, default).CountAsync();
        Assert.Equal(2, _target.Salesforce.Tokens.Issued);
    }

    [Fact]
    public async Task Should_say_gone_when_members_are_added_to_a_group_that_is_not_there()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default);
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.UpdateGroupAsync(SalesforceIds.Make("00G", 999), null, new MembershipDelta([created.Id], []), _target.Context, default));
        Assert.Equal(FailureKind.Gone, failure.Kind);
        var group = await connector.CreateGroupAsync(new NewAccount("g", new JsonObject { ["displayName"] = "Sales" }), [], _target.Context, default);
        failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.UpdateGroupAsync(group.Id, null, new MembershipDelta([SalesforceIds.Make("005", 999)], []), _target.Context, default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
    }
}
