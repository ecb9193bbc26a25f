using System.Net;
using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Connectors.Scim;
using Provisioning.Connectors.Testing;

namespace Provisioning.Interop.Kit;

/// <summary>The conformance kit of the SCIM connector, run against a server that somebody else wrote.</summary>
internal sealed class ForeignServer(Uri address, string token) : ConnectorConformance
{
    protected override ConformanceData Data { get; } = new MailAccounts();

    protected override IPEndPoint Target => IPEndPoint.Parse(address.Authority);

    protected override IReadOnlyList<string> Secrets => [token];

    protected override Task<IConnector> OpenAsync() => OpenAsync(Target);

    protected override Task<IConnector> OpenAsync(IPEndPoint endpoint)
    {
        IConnectorFactory factory = new ScimConnectorFactory();
        var settings = new ScimSettings
        {
            BaseUrl = $"http://{endpoint}{address.AbsolutePath}",
            Authentication = new() { BearerToken = new Secret(token) },
            Switches = new() { MemberBatch = 5 },
        };
        return Task.FromResult(factory.Create(settings, new ConnectorContext("interop", ".", TimeProvider.System)));
    }

    /// <summary>Many servers insist on an e-mail address.</summary>
    private sealed class MailAccounts() : ConformanceData(TimeProvider.System)
    {
        public override NewAccount NewAccount()
        {
            var account = base.NewAccount();
            var name = account.Attributes["userName"] + "@example.com";
            account.Attributes["userName"] = name;
            account.Attributes["emails"] = new JsonArray(
                new JsonObject { ["value"] = name, ["type"] = "work", ["primary"] = true });
            return account;
        }
    }
}
