namespace Provisioning.Connectors.Scim;

/// <summary>Asks the target what it can do, keeps the answer, and asks again when it has grown old.</summary>
internal sealed class Discovery(DialectSwitches switches, ScimTransport transport, TimeProvider time)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_lifetimeOfNothing = TimeSpan.FromMinutes(5);

    private volatile Entry? _known;

    /// <summary>The dialect to speak. A target that does not tell is taken for one that follows the standard.</summary>
    public async Task<Dialect> GetAsync(OperationContext context, CancellationToken cancellationToken)
    {
        if (_known is { } known && time.GetUtcNow() < known.Until)
            return known.Dialect;
        var features = switches.Discovery == false ? ServerFeatures.Unknown : await AskAsync(context, cancellationToken);
        var lifetime = features == ServerFeatures.Unknown && switches.Discovery != false ? s_lifetimeOfNothing : s_lifetime;
        return Keep(features, lifetime);
    }

    /// <summary>Remembers that the target refused PATCH altogether, until it is asked again.</summary>
    public Dialect WithoutPatch() => Keep((_known?.Features ?? ServerFeatures.Unknown) with { Patch = false }, s_lifetime);

    /// <summary>Remembers that the target refused bulk requests, until it is asked again.</summary>
    public Dialect WithoutBulk() => Keep((_known?.Features ?? ServerFeatures.Unknown) with { Bulk = false }, s_lifetime);

    private Dialect Keep(ServerFeatures features, TimeSpan lifetime)
    {
        var dialect = new Dialect(switches, features);
        _known = new Entry(dialect, features, time.GetUtcNow() + lifetime);
        return dialect;
    }

    private async Task<ServerFeatures> AskAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            var path = switches.ServiceProviderConfig ?? "ServiceProviderConfig";
            var answer = await transport.SendAsync(new ScimRequest(HttpMethod.Get, path), cancellationToken);
            return answer.Body is { } configuration ? ServerFeatures.Read(configuration) : ServerFeatures.Unknown;
        }
        catch (ConnectorException refused) when (refused.TargetCode is not null && refused.Kind != FailureKind.Throttled)
        {
            // Many targets have no such document, or show it to nobody.
            context.Log($"the target does not tell what it can do ({refused.Message}); taking the standard");
            return ServerFeatures.Unknown;
        }
    }

    private sealed record Entry(Dialect Dialect, ServerFeatures Features, DateTimeOffset Until);
}
