using System.Text.Json.Nodes;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Spml.Tests;

/// <summary>Accounts as the fake provider wants them.</summary>
internal sealed class SpmlAccounts(JsonObject attributes) : ConformanceData(TimeProvider.System)
{
    public override string? NameAttribute => "uid";

    public override NewAccount NewAccount()
    {
        var unique = Guid.NewGuid().ToString("N");
        var account = (JsonObject)attributes.DeepClone();
        account["uid"] = "check-" + unique;
        return new NewAccount(unique, account);
    }

    public override string NameOf(NewAccount account) => account.Attributes["uid"]!.ToString();
}
