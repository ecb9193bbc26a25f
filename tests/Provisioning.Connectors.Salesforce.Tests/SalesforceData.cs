using System.Text.Json.Nodes;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Salesforce.Tests;

/// <summary>Accounts as the target wants them.</summary>
internal sealed class SalesforceData() : ConformanceData(TimeProvider.System)
{
    public override string ChangedAttribute => "LastName";

    public override string? RemovableAttribute => "Title";

    public override string? NameAttribute => "Username";

    public override NewAccount NewAccount()
    {
        var unique = Guid.NewGuid().ToString("N");
        return SalesforceTarget.Ada(name: $"check-{unique}@corp.example", marker: unique);
    }

    // Names of groups have at most 40 characters.
    public override NewAccount NewGroup()
    {
        var unique = Guid.NewGuid().ToString("N");
        return new NewAccount(unique, new JsonObject { ["displayName"] = "check " + unique[..20] });
    }

    public override string UnknownId() => SalesforceIds.Make("005", 999_999);

    public override string NameOf(NewAccount account) => account.Attributes["Username"]!.ToString();
}
