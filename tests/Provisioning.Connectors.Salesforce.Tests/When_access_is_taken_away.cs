using Provisioning.FakeServers;

namespace Provisioning.Connectors.Salesforce.Tests;

public sealed class When_access_is_taken_away : IAsyncDisposable
{
    private readonly SalesforceTarget _target = new();

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Fact]
    public async Task Should_not_offer_to_delete_users()
    {
        await using var connector = _target.Connect();
        Assert.False(((IConnector)connector) is IDeleteAccounts);
    }

    [Fact]
    public async Task Should_freeze_who_cannot_be_deactivated_and_say_so()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default);
        _target.Salesforce.CannotBeDeactivated.Add(created.Id);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.SetEnabledAsync(created.Id, false, _target.Context, default));
        Assert.Equal((FailureKind.Rejected, "400 CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"), (failure.Kind, failure.TargetCode));
        Assert.Contains("it is frozen, so it cannot log in", failure.Message, StringComparison.Ordinal);
        Assert.True(Login()["IsFrozen"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Should_say_when_freezing_fails_too()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default);
        _target.Salesforce.CannotBeDeactivated.Add(created.Id);
        _target.Salesforce.Break(new Fault("PATCH", "/UserLogin/") { Instead = SalesforceRefusal.Make(403, "INSUFFICIENT_ACCESS", "no") });
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.SetEnabledAsync(created.Id, false, _target.Context, default));
        Assert.Contains("so it can still log in", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_activate_and_thaw_who_comes_back()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default);
        _target.Salesforce.CannotBeDeactivated.Add(created.Id);
        await Assert.ThrowsAsync<ConnectorException>(() => connector.SetEnabledAsync(created.Id, false, _target.Context, default));
        await connector.UpdateAsync(created.Id, new AccountDelta([new("Title", null, "back")], [], true), _target.Context, default);
        Assert.False(Login()["IsFrozen"]!.GetValue<bool>());
        Assert.True(_target.Salesforce.Records("User").Single()["IsActive"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Should_wait_an_hour_for_a_licence()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default);
        await connector.SetEnabledAsync(created.Id, false, _target.Context, default);
        _target.Salesforce.Licences = 0;
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.SetEnabledAsync(created.Id, true, _target.Context, default));
        Assert.Equal((FailureKind.Transient, TimeSpan.FromHours(1)), (failure.Kind, failure.RetryAfter));
    }

    private System.Text.Json.Nodes.JsonObject Login() => _target.Salesforce.Records("UserLogin").Single();
}
