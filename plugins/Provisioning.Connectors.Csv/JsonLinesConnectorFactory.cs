namespace Provisioning.Connectors.Csv;

/// <summary>Makes connectors that keep accounts in a file of JSON lines.</summary>
public sealed class JsonLinesConnectorFactory : ConnectorFactory<JsonLinesSettings>
{
    /// <inheritdoc />
    public override string Name => "jsonl";

    /// <inheritdoc />
    protected override IConnector Create(JsonLinesSettings settings, ConnectorContext context) => new JsonLinesConnector(settings, context);
}
