using Provisioning.FakeServers;

namespace Provisioning.Connectors.Google.Tests;

public sealed class When_Google_refuses : IAsyncDisposable
{
    private readonly GoogleTarget _target = new();

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Theory]
    [InlineData(403, "userRateLimitExceeded", null)]
    [InlineData(403, "dailyLimitExceeded", 60)]
    [InlineData(503, "backendError", null)]
    public async Task Should_pause_by_the_reason_and_name_it(int status, string reason, int? minutes)
    {
        _target.Google.Break(new Fault("POST", "/users") { Instead = GoogleError.Make(status, reason, "no") });
        await using var connector = _target.Connect();
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.CreateAsync(When_users_are_provisioned.Ada(), _target.Context, default));
        Assert.Equal((FailureKind.Throttled, $"{status} {reason}"), (failure.Kind, failure.TargetCode));
        Assert.Equal(minutes, failure.RetryAfter?.TotalMinutes);
    }

    [Fact]
    public async Task Should_tell_a_foreign_domain_from_a_missing_privilege()
    {
        var account = new NewAccount("m", When_users_are_provisioned.Json("""{"primaryEmail":"a@other.example","name":{"givenName":"A","familyName":"A"}}"""));
        await using var connector = _target.Connect();
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(account, _target.Context, default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Contains("'a@other.example'", failure.Message, StringComparison.Ordinal);
        _target.Google.Privileged = false;
        failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(account, _target.Context, default));
        Assert.Equal(FailureKind.Unauthorized, failure.Kind);
    }

    [Theory]
    [InlineData(404, "notFound", FailureKind.Gone)]
    [InlineData(403, "forbidden", FailureKind.Rejected)]
    public async Task Should_wait_for_a_user_who_was_just_made(int status, string reason, FailureKind later)
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(When_users_are_provisioned.Ada(), _target.Context, default);
        var delta = new AccountDelta([new("recoveryEmail", null, "a@home.example"), new("primaryEmail", null, "ada@corp.example")], []);
        _target.Google.Break(new Fault("PATCH", "/users/") { Instead = GoogleError.Make(status, reason, "Not Authorized to access this resource") });
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.UpdateAsync(created.Id, delta, _target.Context, default));
        Assert.Equal(FailureKind.Transient, failure.Kind);
        _target.Time.Advance(TimeSpan.FromMinutes(2));
        _target.Google.Break(new Fault("PATCH", "/users/") { Instead = GoogleError.Make(status, reason, "Not Authorized to access this resource") });
        failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.UpdateAsync(created.Id, delta, _target.Context, default));
        Assert.Equal(later, failure.Kind);
    }

    [Fact]
    public async Task Should_keep_one_token_until_it_ends_and_replace_one_that_is_revoked()
    {
        await using var connector = _target.Connect();
        await connector.CreateAsync(When_users_are_provisioned.Ada(), _target.Context, default);
        await connector.ListAsync(ResourceType.User, _target.Context, default).CountAsync();
        Assert.Equal(1, _target.Google.Tokens.Issued);
        _target.Time.Advance(TimeSpan.FromHours(1));
        await connector.ListAsync(ResourceType.User, _target.Context, default).CountAsync();
        Assert.Equal(2, _target.Google.Tokens.Issued);
        _target.Google.Tokens.RevokeAll();
        await connector.ListAsync(ResourceType.User, _target.Context, default).CountAsync();
        Assert.Equal(3, _target.Google.Tokens.Issued);
    }
}
