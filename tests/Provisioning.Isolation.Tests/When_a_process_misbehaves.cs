using Provisioning.Connectors;
using Provisioning.Plugins.Isolation;

namespace Provisioning.Isolation.Tests;

/// <summary>What would have cost the host its life costs one restart.</summary>
public sealed class When_a_process_misbehaves : IAsyncDisposable
{
    private static readonly MatchKey Key = new("m", "n");

    private readonly IsolatedPlugins _plugins = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("exit", "it ended with exit code 7")]
    [InlineData("crash", "it ended with exit code")]
    public async Task Should_call_a_creation_ambiguous_and_a_search_transient_and_go_on(string behaviour, string how)
    {
        await using var connector = Open(behaviour);
        var create = await FailAsync(() => ((ICreateAccounts)connector).CreateAsync(new("m", []), Call(), Token));
        Assert.Equal(FailureKind.Ambiguous, create.Kind);
        Assert.Contains(how, create.Message, StringComparison.Ordinal);

        // A new process answers; it misbehaves in turn.
        var find = await FailAsync(() => ((IFindAccounts)connector).FindAsync(ResourceType.User, Key, Call(), Token));
        Assert.Equal(FailureKind.Transient, find.Kind);
        Assert.Contains(how, find.Message, StringComparison.Ordinal);
        Assert.Equal(1, _plugins.Status("null").Restarts);
    }

    [Fact]
    public async Task Should_rest_before_it_starts_again_and_again()
    {
        await using var connector = Open("exit");
        var failures = new List<ConnectorException>();
        for (var i = 0; i < 3; i++)
            failures.Add(await FailAsync(() => ((IFindAccounts)connector).FindAsync(ResourceType.User, Key, Call(), Token)));
        Assert.Null(failures[0].RetryAfter);
        Assert.Contains("ended 2 times in a row", failures[2].Message, StringComparison.Ordinal);
        Assert.NotNull(failures[2].RetryAfter);
    }

    [Fact]
    public async Task Should_know_nothing_of_the_environment_of_the_host()
    {
        Environment.SetEnvironmentVariable("SECRET_OF_ANOTHER", "s3cret");
        Environment.SetEnvironmentVariable("PROVISIONING_DATABASE", "Host=db;Password=s3cret");
        Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", "/run/credentials");
        Environment.SetEnvironmentVariable("LC_TIME", "C.UTF-8");
        await using var connector = Open("environment");
        var names = (await FailAsync(() => ((IFindAccounts)connector).FindAsync(ResourceType.User, Key, Call(), Token))).Message.Split(' ');
        Assert.Contains("PATH", names, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("LC_TIME", names);
        Assert.Contains("DOTNET_TC_CallCounting", names);
        Assert.DoesNotContain("SECRET_OF_ANOTHER", names);
        Assert.DoesNotContain("PROVISIONING_DATABASE", names);
        Assert.DoesNotContain("CREDENTIALS_DIRECTORY", names);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("block")]
    public async Task Should_end_a_process_whose_call_ignores_its_deadline(string behaviour)
    {
        await using var connector = Open(behaviour);
        var failure = await FailAsync(() => ((ICreateAccounts)connector).CreateAsync(new("m", []), Call(TimeSpan.FromMilliseconds(200)), Token));
        Assert.Equal((FailureKind.Ambiguous, "the plugin's process is gone: a call ignored its deadline"), (failure.Kind, failure.Message));
        Assert.Equal(0, _plugins.Status("null").HungCalls);
    }

    [Fact]
    public async Task Should_carry_the_cancellation_over()
    {
        await using var connector = Open("wait");
        using var source = new CancellationTokenSource();
        var call = ((IFindAccounts)connector).FindAsync(ResourceType.User, Key, Call(), source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Should_carry_the_deadline_over()
    {
        await using var connector = Open("wait");
        var failure = await FailAsync(() => ((ICreateAccounts)connector).CreateAsync(new("m", []), Call(TimeSpan.FromMilliseconds(200)), Token));
        Assert.Equal((FailureKind.Ambiguous, "the target did not answer in time"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Should_carry_failures_logs_and_lists_over()
    {
        await using (var connector = Open("refuse"))
        {
            var failure = await FailAsync(() => ((IFindAccounts)connector).FindAsync(ResourceType.User, Key, Call(), Token));
            Assert.Equal(
                (FailureKind.Throttled, "slow down", TimeSpan.FromSeconds(7), "429"), (failure.Kind, failure.Message, failure.RetryAfter, failure.TargetCode));
        }

        await using (var connector = Open("throw"))
        {
            var failure = await FailAsync(() => ((IFindAccounts)connector).FindAsync(ResourceType.User, Key, Call(), Token));
            Assert.Equal((FailureKind.Ambiguous, "the connector failed with PrivateException: private trouble"), (failure.Kind, failure.Message));
        }

        await using (var connector = Open(""))
        {
            var log = new List<string>();
            await ((ICreateAccounts)connector).CreateAsync(new("m", []), Call() with { Log = log.Add }, Token);
            Assert.Equal(["creating"], log);
            var ids = new List<string>();
            await foreach (var account in ((IListAccounts)connector).ListAsync(ResourceType.User, Call(), Token))
                ids.Add(account.Id);
            Assert.Equal(["1", "2", "3"], ids);
        }
    }

    [Fact]
    public async Task Should_stream_more_than_the_window_while_others_call()
    {
        await using var connector = Open("many");
        var seen = 0;
        await foreach (var account in ((IListAccounts)connector).ListAsync(ResourceType.User, Call(), Token))
        {
            Assert.Equal($"{++seen}", account.Id);
            if (seen % 1000 == 0)
                Assert.Null(await ((ITestConnection)connector).TestAsync(Call(), Token));
        }

        Assert.Equal(5000, seen);
    }

    [Fact]
    public void Should_say_that_the_process_does_not_start()
    {
        var failure = Assert.Throws<ConnectorException>(() => _plugins.Open("null", "{}", new ChildLauncher("dotnet", ["/nowhere/provisioning.dll", ChildLauncher.Command])));
        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.Contains("did not start", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_say_that_the_connector_could_not_be_made()
    {
        var failure = Assert.Throws<ConnectorException>(() => Open("no-connector"));
        Assert.Contains("not today", failure.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _plugins.DisposeAsync();

    private static OperationContext Call(TimeSpan? limit = null) =>
        new("operation", 1, TimeProvider.System.GetUtcNow() + (limit ?? TimeSpan.FromMinutes(1)), static _ => { });

    private static Task<ConnectorException> FailAsync(Func<Task> call) => Assert.ThrowsAsync<ConnectorException>(call);

    private IConnector Open(string behaviour) => _plugins.Open("null", $$"""{ "behaviour": "{{behaviour}}" }""");
}
