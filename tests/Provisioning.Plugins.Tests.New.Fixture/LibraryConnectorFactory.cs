using Provisioning.Connectors;

namespace Provisioning.Plugins.Tests.Library;

/// <summary>Delivers a connector named after the version of its library: <c>library-12</c> or <c>library-13</c>.</summary>
public sealed class LibraryConnectorFactory : ConnectorFactory<LibrarySettings>
{
    public override string Name { get; } = $"library-{typeof(Newtonsoft.Json.JsonConvert).Assembly.GetName().Version!.Major}";

    protected override IConnector Create(LibrarySettings settings, ConnectorContext context) => new LibraryConnector();
}
