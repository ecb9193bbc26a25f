using System.Text.Json.Nodes;
using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>
/// Decides whether a listing by index is at its end. A server may count only what it shows, and may show less than it is asked for: then the
/// first page reaches the total, and only the page behind it tells whether there is more.
/// </summary>
/// <param name="asked">How many resources are asked for at once.</param>
internal sealed class IndexedListing(int asked)
{
    private HashSet<string> _last = [];
    private long _total = 1;
    private int _largest;

    /// <summary>The index of the next page.</summary>
    public long Start { get; private set; } = 1;

    /// <summary>Whether the next page is behind all that the target counts.</summary>
    public bool IsBehind => Start > _total;

    public bool IsOver { get; private set; }

    /// <summary>The resources of a page that belong to the listing.</summary>
    /// <exception cref="ConnectorException">When the page is none, or the listing ends before its total.</exception>
    public IReadOnlyList<JsonObject> Take(JsonObject page)
    {
        var wasBehind = IsBehind;
        _total = ScimResource.Total(page) ?? throw new ConnectorException(FailureKind.Misconfigured, "the listing has no totalResults; check baseUrl");
        var found = ScimPage.Listed(page);
        // A server that does not page, or has no page behind the last, shows again what it has shown.
        if (wasBehind && found.Count < asked && found.All(resource => ScimPage.Id(resource) is { } id && _last.Contains(id)))
        {
            IsOver = true;
            return [];
        }

        Start += found.Count;
        // A page that is shorter than one before it is the last; one that is longer than was asked for comes from a server that does not page.
        IsOver = IsBehind && (found.Count == 0 || found.Count < _largest || found.Count > asked);
        if (found.Count == 0 && !IsOver)
            throw new ConnectorException(FailureKind.Transient, $"the listing ended after {Start - 1} of {_total} objects");
        _largest = Math.Max(_largest, found.Count);
        _last = [.. found.Select(ScimPage.Id).OfType<string>()];
        return found;
    }
}
