namespace Provisioning.Connectors.Csv;

/// <summary>Makes connectors that keep accounts in a CSV file.</summary>
public sealed class CsvConnectorFactory : ConnectorFactory<CsvSettings>
{
    /// <inheritdoc />
    public override string Name => "csv";

    /// <inheritdoc />
    protected override IConnector Create(CsvSettings settings, ConnectorContext context) => new CsvConnector(settings, context);
}
