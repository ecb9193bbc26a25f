using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Csv.Tests;

public sealed class Conformance_kit_Tests : ConnectorConformance
{
    [Fact]
    public async Task When_a_promise_is_broken_Should_fail() =>
        await Assert.ThrowsAsync<ConformanceException>(() => RunAsync("update-missing-gone"));

    [Fact]
    public async Task When_a_capability_is_missing_Should_skip() => Assert.False(await RunAsync("delete-twice"));

    [Fact]
    public async Task When_the_name_is_unknown_Should_say_so() =>
        await Assert.ThrowsAsync<ArgumentException>(() => RunAsync("no-such-check"));

    [Fact]
    public async Task When_a_failure_shows_a_secret_Should_fail_without_repeating_it()
    {
        var failure = await Assert.ThrowsAsync<ConformanceException>(() => RunAsync("password-missing-gone"));
        Assert.Contains("a secret shows", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Data.Password, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_target_has_no_address_Should_skip_faults() => Assert.False(await RunAsync("unreachable-test-says-so"));

    protected override Task<IConnector> OpenAsync() => Task.FromResult<IConnector>(new Careless());

    /// <summary>Claims to update accounts that do not exist, and tells everybody the password.</summary>
    private sealed class Careless : IConnector, IUpdateAccounts, ISetPasswords
    {
        public bool NamesAreUnique => false;

        public Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken) =>
            Task.FromResult<Account?>(null);

        public Task SetPasswordAsync(string accountId, Secret password, OperationContext context, CancellationToken cancellationToken) =>
            throw new ConnectorException(FailureKind.Gone, $"no account for '{password.Reveal()}'");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
