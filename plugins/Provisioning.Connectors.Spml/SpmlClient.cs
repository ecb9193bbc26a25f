using System.Xml.Linq;

namespace Provisioning.Connectors.Spml;

/// <summary>Sends requests and waits for what became of them: batches, requests that the target runs later, failures.</summary>
internal sealed class SpmlClient(SpmlSettings settings, SpmlTransport transport, TimeProvider time) : IDisposable
{
    // Without batches, each state of an account costs a request of its own: enough for a search, too much for a listing.
    private const int MostSingleRequests = 10;
    private static readonly TimeSpan s_targetLifetime = TimeSpan.FromHours(1);

    private readonly SpmlFailures _failures = new(settings.Errors, transport.Redact);
    private volatile TargetEntry? _target;
    private volatile bool _asynchronous;

    /// <summary>What the target can do, by the settings or else by its own word.</summary>
    public async Task<SpmlTarget> TargetAsync(OperationContext context, CancellationToken cancellationToken) =>
        settings.Capabilities.Count > 0
            ? SpmlTarget.Configured(settings.Capabilities)
            : await DescribedTargetAsync(context, cancellationToken);

    /// <summary>What the target says about itself, asked once an hour.</summary>
    public async Task<SpmlTarget> DescribedTargetAsync(OperationContext context, CancellationToken cancellationToken)
    {
        if (_target is { } known && time.GetUtcNow() < known.Until)
            return known.Target;
        var target = SpmlTarget.Read(await SendAsync(SpmlRequests.ListTargets(), context, cancellationToken), settings.TargetId);
        _target = new TargetEntry(target, time.GetUtcNow() + s_targetLifetime);
        return target;
    }

    /// <summary>Sends and returns the successful response; everything else is a <see cref="ConnectorException"/>.</summary>
    public async Task<XElement> SendAsync(
        XElement request, OperationContext context, CancellationToken cancellationToken, bool creates = false)
    {
        var response = await EitherWayAsync(request, context, creates, cancellationToken);
        if (!IsFailure(response))
            return response;
        if (settings.TargetId is { Length: > 0 } && request.Name.LocalName != "listTargetsRequest"
            && (string?)response.Attribute("error") is "noSuchIdentifier" or "invalidIdentifier")
            await DemandTargetAsync(context, cancellationToken);
        throw _failures.FromResponse(response, context);
    }

    /// <summary>Sends requests of which each needs the one before, as a batch where the target takes them.</summary>
    public async Task<IReadOnlyList<XElement>> SendInOrderAsync(
        IReadOnlyList<XElement> requests, OperationContext context, CancellationToken cancellationToken)
    {
        if (requests.Count > 1 && (await TargetAsync(context, cancellationToken)).Has(SpmlTarget.Batch))
        {
            var responses = await SendBatchAsync(requests, goOn: false, context, cancellationToken);
            return responses.Find(IsFailure) is { } failed ? throw _failures.FromResponse(failed, context) : responses;
        }

        var single = new List<XElement>();
        foreach (var request in requests)
            single.Add(await SendAsync(request, context, cancellationToken));
        return single;
    }

    /// <summary>Sends requests that do not depend on each other; null stands for each that failed or was too many to send.</summary>
    public async Task<IReadOnlyList<XElement?>> SendEachAsync(
        IReadOnlyList<XElement> requests, OperationContext context, CancellationToken cancellationToken)
    {
        if (requests.Count > 1 && (await TargetAsync(context, cancellationToken)).Has(SpmlTarget.Batch))
        {
            var responses = await SendBatchAsync(requests, goOn: true, context, cancellationToken);
            return [.. requests.Select((_, place) => place < responses.Count && !IsFailure(responses[place]) ? responses[place] : null)];
        }

        var single = new XElement?[requests.Count];
        for (var i = 0; i < requests.Count && requests.Count <= MostSingleRequests; i++)
        {
            var response = await EitherWayAsync(requests[i], context, creates: false, cancellationToken);
            single[i] = IsFailure(response) ? null : response;
        }

        return single;
    }

    public void Dispose() => transport.Dispose();

    /// <summary>In a target that the provider does not know nothing is to be found, and that is no object's fault.</summary>
    private async Task DemandTargetAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await TargetAsync(context, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind != FailureKind.Misconfigured)
        {
            // A provider that does not tell its targets: what it said of the object counts.
        }
    }

    private static bool IsFailure(XElement response) => (string?)response.Attribute("status") == "failure";

    private async Task<List<XElement>> SendBatchAsync(
        IReadOnlyList<XElement> requests, bool goOn, OperationContext context, CancellationToken cancellationToken)
    {
        // A list of its own: an element can have only one parent, and each part needs an id of its own.
        var parts = requests.Select(request => Identified(request, null)).ToList();
        var response = await EitherWayAsync(SpmlRequests.Together(parts, goOn), context, creates: false, cancellationToken);
        var responses = response.Elements().Where(child => child.Name.LocalName.EndsWith("Response", StringComparison.Ordinal)).ToList();
        // A batch may state failure because of one of its parts, which then says more.
        if (IsFailure(response) && !responses.Exists(IsFailure))
            throw _failures.FromResponse(response, context);
        if (!goOn && responses.Count < requests.Count && !responses.Exists(IsFailure))
            throw new ConnectorException(FailureKind.Transient, $"the target answered {responses.Count} of {requests.Count} requests of a batch");
        return responses;
    }

    private async Task<XElement> EitherWayAsync(XElement request, OperationContext context, bool creates, CancellationToken cancellationToken)
    {
        var later = _asynchronous;
        var response = await ExchangeAsync(request, later, context, creates, cancellationToken);
        if ((string?)response.Attribute("error") != "unsupportedExecutionMode")
            return response;
        // The target runs requests only the other way. Others may find out at the same time.
        _asynchronous = !later;
        return await ExchangeAsync(request, !later, context, creates, cancellationToken);
    }

    private async Task<XElement> ExchangeAsync(
        XElement request, bool later, OperationContext context, bool creates, CancellationToken cancellationToken)
    {
        // What a target says about itself cannot be asked to come later.
        var mode = request.Name.LocalName == "listTargetsRequest" ? null : later ? "asynchronous" : "synchronous";
        var response = await transport.ExchangeAsync(Identified(request, mode), _failures, context, creates, cancellationToken);
        return (string?)response.Attribute("status") == "pending"
            ? await WaitAsync(response, context, creates, cancellationToken)
            : response;
    }

    /// <summary>Asks for a request that the target runs later until it is done.</summary>
    private async Task<XElement> WaitAsync(XElement pending, OperationContext context, bool creates, CancellationToken cancellationToken)
    {
        var uncertain = creates ? FailureKind.Ambiguous : FailureKind.Transient;
        var id = (string?)pending.Attribute("requestID")
            ?? throw new ConnectorException(uncertain, "the target runs the request later, but gave no requestID to ask for it");
        var until = time.GetUtcNow() + settings.PendingTimeout;
        for (var pause = settings.PollInterval; time.GetUtcNow() + pause < until; pause = Longer(pause))
        {
            await Task.Delay(pause, time, cancellationToken);
            var status = await transport.ExchangeAsync(Identified(SpmlRequests.Status(id), "synchronous"), _failures, context, creates, cancellationToken);
            if (IsFailure(status))
                throw _failures.FromResponse(status, context);
            var result = status.Elements().FirstOrDefault(child => child.Name.LocalName.EndsWith("Response", StringComparison.Ordinal));
            if (result is not null && (string?)result.Attribute("status") != "pending")
                return result;
        }

        throw new ConnectorException(uncertain, $"the target did not finish the request within {settings.PendingTimeout.TotalSeconds:0} s");
    }

    private static TimeSpan Longer(TimeSpan pause) => pause < TimeSpan.FromSeconds(5) ? pause * 2 : pause;

    // An xsd:ID must not begin with a digit, as half of all GUIDs do.
    private static XElement Identified(XElement request, string? mode)
    {
        var copy = new XElement(request);
        copy.SetAttributeValue("requestID", $"r-{Guid.NewGuid():N}");
        copy.SetAttributeValue("executionMode", mode);
        return copy;
    }

    private sealed record TargetEntry(SpmlTarget Target, DateTimeOffset Until);
}
