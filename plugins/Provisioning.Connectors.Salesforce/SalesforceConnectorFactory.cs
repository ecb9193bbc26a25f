using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>Makes connectors to Salesforce.</summary>
public sealed class SalesforceConnectorFactory : ConnectorFactory<SalesforceSettings>
{
    /// <inheritdoc />
    public override string Name => "salesforce";

    /// <inheritdoc />
    protected override IConnector Create(SalesforceSettings settings, ConnectorContext context)
    {
        var login = Addresses.ParseBase(settings.LoginUrl, "loginUrl");
        var fixedInstance = settings.InstanceUrl is null ? null : Addresses.ParseBase(settings.InstanceUrl, "instanceUrl");
        if (string.IsNullOrWhiteSpace(settings.ClientId))
            throw new ConnectorException(FailureKind.Misconfigured, "clientId is missing");
        var wire = new HttpWire(settings.Connection, settings.Timeout, context);
        var grant = SalesforceGrant.Create(settings, wire, context.Time);
        var api = new SalesforceApi(new HttpTransport(wire, token => fixedInstance ?? Instance(token, login), grant, context.Time), settings.ApiVersion);
        var names = new NameLookup(api, context.Time);
        return new SalesforceConnector(settings, api, names, new UserFields(names, settings), new UserLoader(api, settings.LoadBatch));
    }

    /// <summary>The token says where the organisation lives. Never over a weaker line than the token came.</summary>
    private static Uri Instance(AccessToken? token, Uri login)
    {
        var instance = Addresses.ParseBase(token?.Answer.Text("instance_url"), "instance_url in the answer of the token endpoint");
        return instance.Scheme == login.Scheme || instance.Scheme == Uri.UriSchemeHttps
            ? instance
            : throw new ConnectorException(FailureKind.Misconfigured, "the token endpoint named an instance without TLS");
    }
}
