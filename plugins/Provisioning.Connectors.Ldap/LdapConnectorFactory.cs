namespace Provisioning.Connectors.Ldap;

/// <summary>Makes connectors that keep accounts in an LDAP directory.</summary>
public sealed class LdapConnectorFactory : ConnectorFactory<LdapSettings>
{
    /// <inheritdoc />
    public override string Name => "ldap";

    /// <inheritdoc />
    protected override IConnector Create(LdapSettings settings, ConnectorContext context) => new LdapConnector(settings, context);
}
