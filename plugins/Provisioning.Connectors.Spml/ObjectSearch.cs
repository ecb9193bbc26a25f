using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Provisioning.Connectors.Spml;

/// <summary>Searches, with the iterator that a target gives when not all fits into one answer.</summary>
internal sealed class ObjectSearch(SpmlSettings settings, IDataProfile profile, SpmlClient client)
{
    private const int MostEmptyPages = 1000;

    private readonly SpmlRequests _requests = new(settings);

    public async IAsyncEnumerable<XElement> AllAsync(
        SpmlObjectSettings kind, string attribute, string value, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync(kind, attribute, value, context, cancellationToken))
        {
            foreach (var pso in page)
                yield return pso;
        }
    }

    /// <summary>All objects of a kind, or those with one attribute value, page by page. Ends early only by an exception.</summary>
    public async IAsyncEnumerable<IReadOnlyList<XElement>> PagesAsync(
        SpmlObjectSettings kind, string? attribute, string? value, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = _requests.Search(profile.Clause(kind, attribute, value), kind.Container, settings.PageSize);
        var response = await SearchAsync(kind, request, context, cancellationToken);
        string? open = null;
        var empty = 0;
        try
        {
            while (true)
            {
                open = (string?)response.Element(SpmlNames.Search + "iterator")?.Attribute("ID");
                List<XElement> found = [.. Pso.All(response)];
                yield return found;
                if (open is null)
                    yield break;
                empty = found.Count == 0 ? empty + 1 : 0;
                if (empty > MostEmptyPages)
                    throw new ConnectorException(FailureKind.Transient, $"the listing does not end: there are {empty} empty pages in a row");
                response = await IterateAsync(open, context, cancellationToken);
            }
        }
        finally
        {
            if (open is not null)
                await CloseAsync(open, context);
        }
    }

    private async Task<XElement> SearchAsync(SpmlObjectSettings kind, XElement request, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, context, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            throw NoContainer(kind, failure);
        }
    }

    private async Task<XElement> IterateAsync(string iterator, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(SpmlRequests.Iterate(iterator), context, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind is FailureKind.Gone or FailureKind.Rejected or FailureKind.Ambiguous)
        {
            throw new ConnectorException(FailureKind.Transient, $"the target closed the listing before its end: {failure.Message}", failure);
        }
    }

    /// <summary>A search or a creation names no object but the container of all.</summary>
    public static ConnectorException NoContainer(SpmlObjectSettings kind, ConnectorException failure) =>
        new(FailureKind.Misconfigured, $"{failure.Message}: the target does not know the container '{kind.Container}'; correct it", failure)
        {
            TargetCode = failure.TargetCode,
        };

    // A courtesy to the target: it would drop the iterator by itself in time.
    private async Task CloseAsync(string iterator, OperationContext context)
    {
        try
        {
            await client.SendAsync(SpmlRequests.CloseIterator(iterator), context, CancellationToken.None);
        }
        catch (ConnectorException failure)
        {
            context.Log($"the iterator could not be closed: {failure.Message}");
        }
    }
}
