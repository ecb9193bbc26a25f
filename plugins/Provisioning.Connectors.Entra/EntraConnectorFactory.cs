using Provisioning.Http;

namespace Provisioning.Connectors.Entra;

/// <summary>Makes connectors to Microsoft Entra ID.</summary>
public sealed class EntraConnectorFactory : ConnectorFactory<EntraSettings>
{
    /// <inheritdoc />
    public override string Name => "entra";

    /// <inheritdoc />
    protected override IConnector Create(EntraSettings settings, ConnectorContext context)
    {
        if (string.IsNullOrWhiteSpace(settings.TenantId) || string.IsNullOrWhiteSpace(settings.ClientId))
            throw new ConnectorException(FailureKind.Misconfigured, "tenantId and clientId are needed");
        var cloud = EntraCloud.For(settings);
        var wire = new HttpWire(settings.Connection, settings.Timeout, context);
        var grant = Grant(settings, cloud, wire, context.Time);
        var api = new GraphApi(new HttpTransport(wire, _ => cloud.Graph, grant, context.Time));
        return new EntraConnector(
            settings, cloud, api, new UserBody(settings), new LicenceLookup(api, context.Time), new RecentObjects(context.Time));
    }

    private static IAccessTokenSource Grant(EntraSettings settings, EntraCloud cloud, HttpWire wire, TimeProvider time)
    {
        var address = new Uri(cloud.Login, $"{Addresses.Segment(settings.TenantId)}/oauth2/v2.0/token");
        if (settings.ClientCertificate is { } certificate)
        {
            // Now rather than at the first call: a wrong certificate is a mistake in the settings.
            CertificateGrant.Load(certificate).Dispose();
            return new CertificateGrant(wire, address, settings.ClientId, cloud.Scope, certificate, time);
        }

        return new ClientCredentialsGrant(wire, new OAuth2Settings
        {
            TokenUrl = address.AbsoluteUri,
            ClientId = settings.ClientId,
            ClientSecret = settings.ClientSecret ?? throw new ConnectorException(FailureKind.Misconfigured, "clientSecret or clientCertificate is needed"),
            Scope = cloud.Scope,
        });
    }
}
