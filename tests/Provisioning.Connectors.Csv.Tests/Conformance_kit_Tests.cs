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

    protected override Task<IConnector> OpenAsync() => Task.FromResult<IConnector>(new Careless());

    /// <summary>Claims to update accounts that do not exist.</summary>
    private sealed class Careless : IConnector, IUpdateAccounts
    {
        public bool NamesAreUnique => false;

        public Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken) =>
            Task.FromResult<Account?>(null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
