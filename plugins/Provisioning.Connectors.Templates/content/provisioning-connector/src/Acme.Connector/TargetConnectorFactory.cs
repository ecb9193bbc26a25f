using Provisioning.Connectors;

namespace Acme.Connector;

/// <summary>Makes connectors. The host finds it by its public constructor without parameters.</summary>
public sealed class TargetConnectorFactory : ConnectorFactory<TargetSettings>
{
    /// <inheritdoc />
    public override string Name => "acme";

    /// <inheritdoc />
    protected override IConnector Create(TargetSettings settings, ConnectorContext context) =>
        new TargetConnector(new AccountFolder(Path.GetFullPath(settings.Folder, Path.GetFullPath(context.BaseDirectory))));
}
