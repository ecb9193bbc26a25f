namespace Provisioning.Connectors.Sql;

/// <summary>Makes connectors that keep accounts in a database.</summary>
public sealed class SqlConnectorFactory : ConnectorFactory<SqlSettings>
{
    /// <inheritdoc />
    public override string Name => "sql";

    /// <inheritdoc />
    protected override IConnector Create(SqlSettings settings, ConnectorContext context) => new SqlConnector(settings, context);
}
