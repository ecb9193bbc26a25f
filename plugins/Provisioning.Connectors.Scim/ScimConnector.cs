using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Speaks SCIM 2.0 (RFC 7644) to one target.</summary>
internal sealed partial class ScimConnector(ScimSettings settings, ScimTransport transport)
    : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts, IListAccounts, IManageGroups, ITestConnection
{
    private const int PageSize = 100;

    public bool NamesAreUnique => true;

    private bool Puts => settings.UpdateMethod == "put";

    public async Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            var owned = await SearchAsync(type, "externalId", key.OwnershipMarker, StringComparison.Ordinal, key, cancellationToken);
            if (owned.Count > 0)
                return owned;
        }
        catch (ConnectorException refused) when (refused.TargetCode == "400 invalidFilter")
        {
            // Not every target can search by externalId.
            context.Log("the target cannot search by externalId; searching by name only");
        }

        var name = type == ResourceType.User ? "userName" : "displayName";
        return await SearchAsync(type, name, key.Name, StringComparison.OrdinalIgnoreCase, key, cancellationToken);
    }

    public Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken) =>
        PostAsync(ResourceType.User, ResourceBody.Create(ResourceType.User, account), cancellationToken);

    public async Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        var path = Item(ResourceType.User, accountId);
        if (Puts)
            return await MergeAsync(path, resource => Merge(resource, delta.Changes, delta.Enabled), cancellationToken);
        return await PatchAsync(path, Patches.From(delta.Changes, delta.Enabled), cancellationToken);
    }

    public async Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken)
    {
        var path = Item(ResourceType.User, accountId);
        if (Puts)
            await MergeAsync(path, resource => Merge(resource, [], enabled), cancellationToken);
        else
            await PatchAsync(path, Patches.From([], enabled), cancellationToken);
    }

    public Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken) =>
        RemoveAsync(Item(ResourceType.User, accountId), cancellationToken);

    public async IAsyncEnumerable<Account> ListAsync(
        ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (long start = 1; ;)
        {
            var page = await QueryAsync($"{Collection(type)}?startIndex={start}&count={PageSize}", cancellationToken);
            if (ScimAttributes.Find(page, "totalResults") is not { } node || !long.TryParse(node.ToString(), out var total))
                throw new ConnectorException(FailureKind.Rejected, "the listing has no totalResults");
            var resources = Resources(page);
            foreach (var resource in resources)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var account = ResourceBody.Read(resource) ?? throw new ConnectorException(FailureKind.Rejected, "the listing has an object without an id");
                // Objects that come and go shift the pages; a repetition means that another one may have been skipped.
                if (!seen.Add(account.Id))
                    throw new ConnectorException(FailureKind.Transient, "the listing repeats objects, so it may miss others");
                yield return account;
            }

            start += resources.Count;
            if (start > total)
                yield break;
            if (resources.Count == 0)
                throw new ConnectorException(FailureKind.Transient, $"the listing ended after {start - 1} of {total} objects");
        }
    }

    public async Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            // The service provider configuration is often public; a query proves the permissions too.
            await QueryAsync("Users?startIndex=1&count=1", cancellationToken);
            return null;
        }
        catch (ConnectorException failure)
        {
            return failure.Message;
        }
    }

    public ValueTask DisposeAsync()
    {
        transport.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Collection(ResourceType type) => type == ResourceType.User ? "Users" : "Groups";

    private static string Item(ResourceType type, string id) => $"{Collection(type)}/{Addresses.Segment(id)}";

    private async Task<IReadOnlyList<MatchedAccount>> SearchAsync(
        ResourceType type, string attribute, string value, StringComparison comparison, MatchKey key, CancellationToken cancellationToken)
    {
        var filter = Uri.EscapeDataString($"{attribute} eq {ScimFilter.Quote(value)}");
        var members = type == ResourceType.Group ? "&excludedAttributes=members" : "";
        var matches = new List<MatchedAccount>();
        foreach (var resource in Resources(await QueryAsync($"{Collection(type)}?filter={filter}{members}", cancellationToken)))
        {
            // A target that ignores the filter answers with everything.
            if (ResourceBody.Read(resource) is not { } account || !value.Equals(ResourceBody.Text(resource, attribute), comparison))
                continue;
            var marker = ResourceBody.Text(resource, "externalId");
            matches.Add(new MatchedAccount(account, string.IsNullOrEmpty(marker) ? AccountOwnership.Unowned
                : marker == key.OwnershipMarker ? AccountOwnership.Ours : AccountOwnership.Foreign));
        }

        return matches;
    }

    private async Task<JsonObject> QueryAsync(string path, CancellationToken cancellationToken) =>
        (await transport.SendAsync(new ScimRequest(HttpMethod.Get, path), cancellationToken)).Body
        ?? throw new ConnectorException(FailureKind.Transient, "the answer to a query is not JSON");

    private static List<JsonObject> Resources(JsonObject page) =>
        ScimAttributes.Find(page, "Resources") is JsonArray array ? [.. array.OfType<JsonObject>()] : [];

    private async Task<Account> PostAsync(ResourceType type, JsonObject body, CancellationToken cancellationToken)
    {
        var response = await transport.SendAsync(new ScimRequest(HttpMethod.Post, Collection(type), body, Creates: true), cancellationToken);
        return ResourceBody.Read(response.Body)
            ?? throw new ConnectorException(FailureKind.Ambiguous, $"HTTP {response.Status}: the answer to a creation has no id");
    }

    private async Task<Account?> PatchAsync(string path, JsonObject patch, CancellationToken cancellationToken) =>
        ResourceBody.Read((await transport.SendAsync(new ScimRequest(HttpMethod.Patch, path, patch, IsItem: true), cancellationToken)).Body);

    private async Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await transport.SendAsync(new ScimRequest(HttpMethod.Delete, path, IsItem: true), cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            // Somebody was faster; the wish is fulfilled.
        }
    }

    /// <summary>Reads, changes and replaces: what we do not manage must survive.</summary>
    private async Task<Account?> MergeAsync(string path, Action<JsonObject> change, CancellationToken cancellationToken)
    {
        var current = await transport.SendAsync(new ScimRequest(HttpMethod.Get, path, IsItem: true), cancellationToken);
        var resource = current.Body ?? throw new ConnectorException(FailureKind.Transient, "the answer to a read is not JSON");
        change(resource);
        ResourceBody.Announce(resource);
        var put = new ScimRequest(HttpMethod.Put, path, resource, IsItem: true) { IfMatch = current.ETag };
        return ResourceBody.Read((await transport.SendAsync(put, cancellationToken)).Body);
    }

    private static void Merge(JsonObject resource, IReadOnlyList<AttributeChange> changes, bool? enabled)
    {
        foreach (var change in changes)
        {
            var owner = resource;
            var name = change.Attribute;
            if (change.SubAttribute is { } sub)
            {
                owner = ScimAttributes.Find(resource, name) as JsonObject;
                if (owner is null)
                {
                    if (change.Value is null)
                        continue;
                    resource[ScimAttributes.ActualName(resource, name) ?? name] = owner = [];
                }

                name = sub;
            }

            var actual = ScimAttributes.ActualName(owner, name) ?? name;
            if (change.Value is null)
                owner.Remove(actual);
            else
                owner[actual] = change.Value.DeepClone();
        }

        if (enabled is { } state)
            resource[ScimAttributes.ActualName(resource, "active") ?? "active"] = state;
    }
}
