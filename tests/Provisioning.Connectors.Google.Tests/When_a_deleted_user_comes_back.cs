using Provisioning.FakeServers;

namespace Provisioning.Connectors.Google.Tests;

public sealed class When_a_deleted_user_comes_back : IAsyncDisposable
{
    private readonly GoogleTarget _target = new();

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Fact]
    public async Task Should_restore_within_20_days_with_the_same_id_and_password()
    {
        await using var connector = _target.Connect();
        var first = await connector.CreateAsync(When_users_are_provisioned.Ada(), _target.Context, default);
        await connector.DeleteAsync(first.Id, _target.Context, default);
        _target.Time.Advance(TimeSpan.FromDays(19));
        var back = await connector.CreateAsync(When_users_are_provisioned.Ada("""{"orgUnitPath":"/Staff"}"""), _target.Context, default);
        Assert.Equal(first.Id, back.Id);
        var user = Assert.Single(_target.Google.Users);
        Assert.Equal((null, "/Staff", 1), (user.Deleted, user.Body["orgUnitPath"]!.ToString(), user.PasswordWrites));
    }

    [Fact]
    public async Task Should_create_anew_after_20_days()
    {
        await using var connector = _target.Connect();
        var first = await connector.CreateAsync(When_users_are_provisioned.Ada(), _target.Context, default);
        await connector.DeleteAsync(first.Id, _target.Context, default);
        _target.Time.Advance(TimeSpan.FromDays(21));
        var second = await connector.CreateAsync(When_users_are_provisioned.Ada(), _target.Context, default);
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task Should_not_give_the_mailbox_to_another_person_with_the_address()
    {
        await using var connector = _target.Connect();
        var first = await connector.CreateAsync(When_users_are_provisioned.Ada(), _target.Context, default);
        await connector.DeleteAsync(first.Id, _target.Context, default);
        var other = When_users_are_provisioned.Ada() with { OwnershipMarker = "marker-2" };
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(other, _target.Context, default));
        Assert.Equal(FailureKind.Conflict, failure.Kind);
        Assert.NotNull(Assert.Single(_target.Google.Users).Deleted);
    }

    [Fact]
    public async Task Should_say_ambiguous_when_the_answer_to_the_restoring_is_lost()
    {
        await using var connector = _target.Connect();
        var first = await connector.CreateAsync(When_users_are_provisioned.Ada(), _target.Context, default);
        await connector.DeleteAsync(first.Id, _target.Context, default);
        _target.Google.Break(new Fault("POST", "/undelete") { LosesAnswer = true });
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(When_users_are_provisioned.Ada(), _target.Context, default));
        Assert.Equal(FailureKind.Ambiguous, failure.Kind);
        Assert.Null(Assert.Single(_target.Google.Users).Deleted);
    }
}
