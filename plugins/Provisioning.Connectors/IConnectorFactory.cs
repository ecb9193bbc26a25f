namespace Provisioning.Connectors;

/// <summary>Makes connectors of one type. A plugin has a public class with a parameterless constructor for each connector it delivers.</summary>
public interface IConnectorFactory
{
    /// <summary>The name that an identity provider's <c>connector</c> setting uses.</summary>
    string Name { get; }

    /// <summary>The class of the settings. Its JSON schema is generated from public properties and their annotations.</summary>
    Type SettingsType { get; }

    /// <summary>Creates a connector from settings of type <see cref="SettingsType"/>. Opens nothing: the first call connects.</summary>
    IConnector Create(object settings, ConnectorContext context);
}
