using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Provisioning.Storage.Tests;

/// <summary>A target with very many accounts, none of which is ever in memory. One in a hundred is missing, one in a hundred is another.</summary>
internal sealed class ManyAccounts(int count) : IConnector, IListAccounts
{
    public const int Every = 100;

    /// <summary>What was in memory at most, in bytes, whatever can be collected left out.</summary>
    public long Peak { get; private set; }

    public bool NamesAreUnique => true;

    public async IAsyncEnumerable<Account> ListAsync(ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        for (var i = 0; i < count; i++)
        {
            if (i % (count / 20) == 0)
                Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: true));
            if (i % Every != 1)
                yield return new Account($"t{i:0000000}", new JsonObject { ["userName"] = $"user{i}", ["title"] = i % Every == 2 ? "boss" : "clerk" }, true) { OwnershipMarker = $"u{i}" };
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
