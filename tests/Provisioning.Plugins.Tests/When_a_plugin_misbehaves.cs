using Provisioning.Connectors;
using Provisioning.Plugins.Calls;

namespace Provisioning.Plugins.Tests;

public sealed class When_a_plugin_misbehaves : IDisposable
{
    private static readonly MatchKey Key = new("m", "n");

    private readonly PluginFolder _folder = new();
    private readonly PluginCatalog _catalog;

    public When_a_plugin_misbehaves()
    {
        _folder.Add("null");
        _catalog = _folder.Catalog();
        _catalog.Refresh();
    }

    [Fact]
    public async Task Should_have_the_capabilities_of_the_connector_and_no_others()
    {
        await using var connector = PluginFolder.Connect(_catalog);
        Assert.True(connector is IFindAccounts and ICreateAccounts and IListAccounts and ITestConnection);
        Assert.False(connector is IUpdateAccounts or IDisableAccounts or IDeleteAccounts or IManageGroups or ISetPasswords or IDescribeSchema or IListMembers);
    }

    [Fact]
    public async Task Should_pass_calls_and_results()
    {
        await using var connector = PluginFolder.Connect(_catalog);
        var found = Assert.Single(await Find(connector).FindAsync(ResourceType.User, Key, _folder.Call(), default));
        Assert.Equal("n", found.Account.Attributes["userName"]!.ToString());
        var ids = new List<string>();
        await foreach (var account in ((IListAccounts)connector).ListAsync(ResourceType.User, _folder.Call(), default))
            ids.Add(account.Id);
        Assert.Equal(["1", "2", "3"], ids);
    }

    [Fact]
    public async Task Should_turn_what_it_throws_into_a_failure_without_types_of_its_own()
    {
        await using var connector = PluginFolder.Connect(_catalog, "throw");
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => Find(connector).FindAsync(ResourceType.User, Key, _folder.Call(), default));
        Assert.Equal((FailureKind.Ambiguous, "the connector failed with PrivateException: private trouble"), (failure.Kind, failure.Message));
        Assert.Null(failure.InnerException);
    }

    [Fact]
    public async Task Should_keep_what_a_failure_says_and_drop_its_cause()
    {
        await using var connector = PluginFolder.Connect(_catalog, "refuse");
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => Find(connector).FindAsync(ResourceType.User, Key, _folder.Call(), default));
        Assert.Equal(
            (FailureKind.Throttled, "slow down", TimeSpan.FromSeconds(7), "429"), (failure.Kind, failure.Message, failure.RetryAfter, failure.TargetCode));
        Assert.Null(failure.InnerException);
    }

    [Fact]
    public async Task Should_say_which_factory_could_make_nothing()
    {
        var failure = Assert.Throws<ConnectorException>(() => PluginFolder.Connect(_catalog, "no-connector"));
        Assert.Contains("could not be made: NotSupportedException: not today", failure.Message, StringComparison.Ordinal);
        await _catalog.DisposeAsync();
        Assert.Equal(0, _catalog.Draining);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("block")]
    public async Task Should_cut_off_a_call_that_ignores_its_deadline_and_count_it(string behaviour)
    {
        await using var connector = PluginFolder.Connect(_catalog, behaviour);
        var call = Find(connector).FindAsync(ResourceType.User, Key, _folder.Call(TimeSpan.FromSeconds(1)), default);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => AdvanceUntilDone(call));
        Assert.Equal(FailureKind.Ambiguous, failure.Kind);
        Assert.Contains("was cut off", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(_catalog.Plugins).HungCalls);
    }

    [Fact]
    public async Task Should_pass_a_cancellation_that_is_obeyed()
    {
        await using var connector = PluginFolder.Connect(_catalog, "wait");
        using var source = new CancellationTokenSource();
        var call = Find(connector).FindAsync(ResourceType.User, Key, _folder.Call(), source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        Assert.Equal(0, Assert.Single(_catalog.Plugins).HungCalls);
    }

    [Fact]
    public async Task Should_cut_off_a_listing_that_hangs_half_way()
    {
        await using var connector = PluginFolder.Connect(_catalog, "hang");
        var seen = 0;
        async Task ListAsync()
        {
            await foreach (var _ in ((IListAccounts)connector).ListAsync(ResourceType.User, _folder.Call(TimeSpan.FromSeconds(1)), default))
                seen++;
        }

        await Assert.ThrowsAsync<ConnectorException>(() => AdvanceUntilDone(ListAsync()));
        Assert.Equal(2, seen);
    }

    [Fact]
    public async Task Should_leave_it_alone_for_an_identity_provider_it_keeps_failing_and_try_again_later()
    {
        await using var connector = PluginFolder.Connect(_catalog, "throw");
        for (var i = 0; i < CallerHealth.MostFailures; i++)
            Assert.Equal(FailureKind.Ambiguous, (await FailAsync(connector)).Kind);

        var refused = await FailAsync(connector);
        Assert.Equal((FailureKind.Transient, TimeSpan.FromMinutes(1)), (refused.Kind, refused.RetryAfter));
        var status = Assert.Single(_catalog.Plugins);
        Assert.Equal(PluginState.Ready, status.State);
        Assert.Equal("not called for 'x': 10 calls in a row failed in its own code, the last with PrivateException", status.Reason);

        // After its rest one call goes in; it fails, and the next rest is longer.
        _folder.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(Assert.Single(_catalog.Plugins).Reason);
        Assert.Equal(FailureKind.Ambiguous, (await FailAsync(connector)).Kind);
        Assert.Equal(TimeSpan.FromMinutes(2), (await FailAsync(connector)).RetryAfter);
    }

    [Fact]
    public async Task Should_go_on_for_the_other_identity_providers()
    {
        await using var evil = PluginFolder.Connect(_catalog, "throw", identityProvider: "evil");
        await using var worse = PluginFolder.Connect(_catalog, "throw", identityProvider: "worse");
        await using var good = PluginFolder.Connect(_catalog, identityProvider: "good");
        for (var i = 0; i < CallerHealth.MostFailures; i++)
        {
            await FailAsync(evil);
            await FailAsync(worse);
            await Find(good).FindAsync(ResourceType.User, Key, _folder.Call(), default);
        }

        Assert.Contains("'evil'", (await FailAsync(evil)).Message, StringComparison.Ordinal);
        await Find(good).FindAsync(ResourceType.User, Key, _folder.Call(), default);
        Assert.Equal(PluginState.Ready, Assert.Single(_catalog.Plugins).State);
    }

    [Fact]
    public async Task Should_quarantine_it_when_it_fails_for_several_and_works_for_none()
    {
        await using var one = PluginFolder.Connect(_catalog, "throw", identityProvider: "one");
        await using var two = PluginFolder.Connect(_catalog, "throw", identityProvider: "two");
        await using var three = PluginFolder.Connect(_catalog, identityProvider: "three");
        for (var i = 0; i < CallerHealth.MostFailures; i++)
        {
            await FailAsync(one);
            await FailAsync(two);
        }

        var status = Assert.Single(_catalog.Plugins);
        Assert.Equal(PluginState.Quarantined, status.State);
        Assert.Contains("it fails for 2 identity providers and works for none", status.Reason, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Transient, (await FailAsync(three)).Kind);
        _folder.Time.Advance(TimeSpan.FromMinutes(1));
        await Find(three).FindAsync(ResourceType.User, Key, _folder.Call(), default);
    }

    [Fact]
    public async Task Should_not_quarantine_it_for_what_the_target_answers()
    {
        await using var connector = PluginFolder.Connect(_catalog, "refuse");
        for (var i = 0; i < CallerHealth.MostFailures + 1; i++)
            Assert.Equal(FailureKind.Throttled, (await FailAsync(connector)).Kind);
        Assert.Equal(PluginState.Ready, Assert.Single(_catalog.Plugins).State);
    }

    [Fact]
    public async Task Should_send_nobody_in_any_more_when_threads_are_lost()
    {
        await using var connector = PluginFolder.Connect(_catalog, "hang");
        for (var i = 0; i < CallerHealth.MostHungCalls; i++)
            await Assert.ThrowsAsync<ConnectorException>(() => AdvanceUntilDone(Find(connector).FindAsync(ResourceType.User, Key, _folder.Call(TimeSpan.Zero), default)));
        Assert.Equal(FailureKind.Transient, (await FailAsync(connector)).Kind);
        Assert.Contains("8 calls did not return", Assert.Single(_catalog.Plugins).Reason, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static IFindAccounts Find(IConnector connector) => (IFindAccounts)connector;

    private Task<ConnectorException> FailAsync(IConnector connector) =>
        Assert.ThrowsAsync<ConnectorException>(() => Find(connector).FindAsync(ResourceType.User, Key, _folder.Call(), default));

    private async Task AdvanceUntilDone(Task call)
    {
        while (!call.IsCompleted)
        {
            _folder.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await call;
    }
}
