namespace Provisioning.Connectors.Rest;

/// <summary>Makes connectors that keep accounts behind an API over HTTP.</summary>
public sealed class RestConnectorFactory : ConnectorFactory<RestSettings>
{
    /// <inheritdoc />
    public override string Name => "rest";

    /// <inheritdoc />
    protected override IConnector Create(RestSettings settings, ConnectorContext context) => new RestConnector(settings, context);
}
