using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Connectors.Scim;
using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim11;

/// <summary>Queries: searches by filter and listings page by page (protocol, section 3.2.2).</summary>
internal sealed partial class Scim11Connector
{
    private async Task<IReadOnlyList<MatchedAccount>> SearchAsync(
        ResourceType type, string attribute, string value, StringComparison comparison, MatchKey key, OperationContext context, CancellationToken cancellationToken)
    {
        CheckGroups(type);
        var matches = new List<MatchedAccount>();
        await foreach (var resource in CandidatesAsync(type, attribute, value, context, cancellationToken))
        {
            // A target that ignores the filter answers with everything.
            if (!value.Equals(ScimResource.Text(resource, attribute), comparison))
                continue;
            var marker = ScimResource.Text(resource, "externalId");
            var ownership = string.IsNullOrEmpty(marker) ? AccountOwnership.Unowned
                : marker == key.OwnershipMarker ? AccountOwnership.Ours : AccountOwnership.Foreign;
            matches.Add(new MatchedAccount(Read(resource), ownership));
        }

        return matches;
    }

    private async IAsyncEnumerable<JsonObject> CandidatesAsync(
        ResourceType type, string attribute, string value, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await _features.FiltersAsync(context, cancellationToken))
        {
            await foreach (var resource in AllAsync(type, filter: "", cancellationToken))
                yield return resource;
            yield break;
        }

        var filter = "filter=" + Uri.EscapeDataString($"{attribute} eq {ScimFilter.Quote(value)}");
        var page = await QueryAsync($"{Collection(type)}?{filter}", cancellationToken);
        if (ScimPage.IsWhole(page))
        {
            foreach (var resource in ScimPage.Listed(page))
                yield return resource;
            yield break;
        }

        await foreach (var resource in AllAsync(type, filter + "&", cancellationToken))
            yield return resource;
    }

    private async IAsyncEnumerable<JsonObject> AllAsync(ResourceType type, string filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var guard = new ListingGuard();
        var listing = new IndexedListing(settings.PageSize);
        while (!listing.IsOver)
        {
            if (await PageAsync($"{Collection(type)}?{filter}startIndex={listing.Start}&count={settings.PageSize}", listing.IsBehind, cancellationToken) is not { } page)
                yield break;
            foreach (var resource in listing.Take(page))
            {
                cancellationToken.ThrowIfCancellationRequested();
                guard.See(ScimPage.Id(resource));
                yield return resource;
            }
        }
    }

    /// <summary>A page; null when it may be behind the last one, and the target says that it is.</summary>
    private async Task<JsonObject?> PageAsync(string path, bool mayBeBehind, CancellationToken cancellationToken)
    {
        try
        {
            return await QueryAsync(path, cancellationToken);
        }
        catch (ConnectorException failure) when (mayBeBehind && HttpFailure.HasStatus(failure, 400, 404, 416))
        {
            return null;
        }
    }

    private async Task<JsonObject> QueryAsync(string path, CancellationToken cancellationToken) =>
        (await transport.GetAsync(path, isItem: false, cancellationToken)).Json
        ?? throw new ConnectorException(FailureKind.Transient, "the answer to a query is not JSON");
}
