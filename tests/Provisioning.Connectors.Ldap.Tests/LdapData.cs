using System.Text.Json.Nodes;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Ldap.Tests;

/// <summary>Accounts with what <c>inetOrgPerson</c> requires.</summary>
internal sealed class LdapData() : ConformanceData(TimeProvider.System)
{
    public override string Password => "Conformance-Passw0rd";

    public override int ListedAccounts => 45;

    public override NewAccount NewAccount()
    {
        var unique = Guid.NewGuid().ToString("N");
        return new NewAccount(unique, new JsonObject
        {
            ["userName"] = "check-" + unique,
            ["cn"] = "Check Account",
            ["sn"] = "Account",
            ["displayName"] = "Check Account",
        });
    }
}
