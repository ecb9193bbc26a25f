using Provisioning.Http;

namespace Provisioning.Connectors.Google;

/// <summary>Makes connectors to Google Workspace.</summary>
public sealed class GoogleConnectorFactory : ConnectorFactory<GoogleSettings>
{
    /// <inheritdoc />
    public override string Name => "google";

    /// <inheritdoc />
    protected override IConnector Create(GoogleSettings settings, ConnectorContext context)
    {
        if (string.IsNullOrWhiteSpace(settings.AdminEmail))
            throw new ConnectorException(FailureKind.Misconfigured, "adminEmail is missing");
        var address = Addresses.ParseBase(settings.BaseUrl, "baseUrl");
        var account = ServiceAccount.Load(settings, context.BaseDirectory);
        var scopes = GoogleScopes.For(settings);
        var wire = new HttpWire(settings.Connection, settings.Timeout, context);
        var endpoint = new TokenEndpoint(wire, Addresses.Parse(account.TokenUrl, "tokenUrl"));
        var grant = new JwtBearerGrant(endpoint, () => account.Assertion(settings.AdminEmail, scopes, context.Time.GetUtcNow()));
        var api = new GoogleApi(new HttpTransport(wire, _ => address, grant, context.Time));
        return new GoogleConnector(settings, api, account, new RecentObjects(context.Time));
    }
}
