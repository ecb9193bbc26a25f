using Provisioning.Http;

namespace Provisioning.Connectors.Entra;

/// <summary>The subscriptions of the tenant, by part number and by id. They hardly ever change, so they are asked for once in a while.</summary>
internal sealed class LicenceLookup(GraphApi api, TimeProvider time)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(10);
    private volatile Known? _known;

    /// <exception cref="ConnectorException"><see cref="FailureKind.Rejected"/> when the tenant has no such subscription.</exception>
    public async Task<string> IdAsync(string name, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(cancellationToken);
        if (known.IdByName.TryGetValue(name, out var id))
            return id;
        return known.NameById.ContainsKey(name)
            ? name.ToLowerInvariant()
            : throw new ConnectorException(FailureKind.Rejected, $"the tenant has no licence '{name}'; it has {string.Join(", ", known.IdByName.Keys)}");
    }

    public async Task<string> NameAsync(string id, CancellationToken cancellationToken) =>
        (await KnownAsync(cancellationToken)).NameById.GetValueOrDefault(id, id);

    private async Task<Known> KnownAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known && time.GetUtcNow() - known.At < s_fresh)
            return known;
        var fresh = new Known(time.GetUtcNow());
        await foreach (var sku in api.PagesAsync("subscribedSkus?$select=skuId,skuPartNumber", isItem: false, eventual: false, cancellationToken))
        {
            if (sku.Text("skuId") is not { } id || sku.Text("skuPartNumber") is not { } name)
                continue;
            fresh.IdByName[name] = id.ToLowerInvariant();
            fresh.NameById[id] = name;
        }

        return _known = fresh;
    }

    private sealed record Known(DateTimeOffset At)
    {
        public Dictionary<string, string> IdByName { get; } = new(StringComparer.OrdinalIgnoreCase);

        public Dictionary<string, string> NameById { get; } = new(StringComparer.OrdinalIgnoreCase);
    }
}
