namespace Provisioning.Connectors;

/// <summary>The typed base of <see cref="IConnectorFactory"/>.</summary>
/// <typeparam name="TSettings">The class of the settings.</typeparam>
public abstract class ConnectorFactory<TSettings> : IConnectorFactory
    where TSettings : class
{
    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public Type SettingsType => typeof(TSettings);

    /// <summary>Creates a connector.</summary>
    protected abstract IConnector Create(TSettings settings, ConnectorContext context);

    IConnector IConnectorFactory.Create(object settings, ConnectorContext context) => Create((TSettings)settings, context);
}
