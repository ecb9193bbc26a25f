using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
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
            if (ScimResource.Id(resource) is null || !value.Equals(ScimResource.Text(resource, attribute), comparison))
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
            await foreach (var resource in AllAsync(type, cancellationToken))
                yield return resource;
            yield break;
        }

        var filter = Uri.EscapeDataString($"{attribute} eq {ScimFilter.Quote(value)}");
        foreach (var resource in ScimResource.Listed(await QueryAsync($"{Collection(type)}?filter={filter}", cancellationToken)))
            yield return resource;
    }

    private async IAsyncEnumerable<JsonObject> AllAsync(ResourceType type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (long start = 1; ;)
        {
            var page = await QueryAsync($"{Collection(type)}?startIndex={start}&count={settings.PageSize}", cancellationToken);
            var found = ScimResource.Listed(page);
            var total = ScimResource.Total(page) ?? throw new ConnectorException(FailureKind.Rejected, "the listing has no totalResults");
            foreach (var resource in found)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Objects that come and go shift the pages; a repetition means that another one may have been skipped.
                if (ScimResource.Id(resource) is { } id && !seen.Add(id))
                    throw new ConnectorException(FailureKind.Transient, "the listing repeats objects, so it may miss others");
                yield return resource;
            }

            start += found.Count;
            if (start > total)
                yield break;
            if (found.Count == 0)
                throw new ConnectorException(FailureKind.Transient, $"the listing ended after {start - 1} of {total} objects");
        }
    }

    private async Task<JsonObject> QueryAsync(string path, CancellationToken cancellationToken) =>
        (await transport.GetAsync(path, isItem: false, cancellationToken)).Json
        ?? throw new ConnectorException(FailureKind.Transient, "the answer to a query is not JSON");
}
