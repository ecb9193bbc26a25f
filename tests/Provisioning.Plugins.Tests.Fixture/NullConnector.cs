using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Provisioning.Plugins.Tests.Fixture;

/// <summary>Knows one account by every name, and misbehaves as its settings say.</summary>
public sealed class NullConnector(string behaviour) : IConnector, IFindAccounts, ICreateAccounts, IListAccounts, ITestConnection
{
    private static readonly List<Timer> Timers = [];

    public bool NamesAreUnique => true;

    public async Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken)
    {
        await MisbehaveAsync(cancellationToken);
        return [new MatchedAccount(new Account("1", new JsonObject { ["userName"] = key.Name }, true), AccountOwnership.Ours)];
    }

    public async Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        context.Log("creating");
        await MisbehaveAsync(cancellationToken);
        return new Account("1", account.Attributes, account.Enabled);
    }

    public async IAsyncEnumerable<Account> ListAsync(
        ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var count = behaviour == "many" ? 5000 : 3;
        for (var i = 1; i <= count; i++)
        {
            if (i == 3)
                await MisbehaveAsync(cancellationToken);
            yield return new Account($"{i}", [], true);
        }
    }

    public async Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken)
    {
        await MisbehaveAsync(cancellationToken);
        return null;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task MisbehaveAsync(CancellationToken cancellationToken)
    {
        switch (behaviour)
        {
            case "throw":
                throw new PrivateException();
            case "refuse":
                throw new ConnectorException(FailureKind.Throttled, "slow down", new PrivateException()) { RetryAfter = TimeSpan.FromSeconds(7), TargetCode = "429" };
            case "environment":
                throw new ConnectorException(FailureKind.Rejected, string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>()));
            case "wait":
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "hang":
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                break;
            case "block":
                new ManualResetEventSlim().Wait(CancellationToken.None);
                break;
            case "exit":
                Environment.Exit(7);
                break;
            case "crash":
                new Thread(() => throw new PrivateException()).Start();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "json":
                JsonSerializer.Serialize(JsonSerializer.Deserialize<NullSettings>("""{"Behaviour":"x"}"""));
                break;
            case "timer":
                Timers.Add(new Timer(_ => Timers.Count.ToString(), null, 50, 50));
                break;
        }
    }
}
