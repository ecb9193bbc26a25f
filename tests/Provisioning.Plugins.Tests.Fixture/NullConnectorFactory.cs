using Provisioning.Connectors;

namespace Provisioning.Plugins.Tests.Fixture;

/// <summary>Looks beside its own code for files that make it misbehave.</summary>
public sealed class NullConnectorFactory : ConnectorFactory<NullSettings>
{
    public NullConnectorFactory()
    {
        var folder = Path.GetDirectoryName(typeof(NullConnectorFactory).Assembly.Location)!;
        if (File.Exists(Path.Combine(folder, "throw.txt")))
            throw new InvalidOperationException("no licence");
    }

    public override string Name => "null";

    protected override IConnector Create(NullSettings settings, ConnectorContext context) => settings.Behaviour == "no-connector"
        ? throw new NotSupportedException("not today")
        : new NullConnector(settings.Behaviour);
}
