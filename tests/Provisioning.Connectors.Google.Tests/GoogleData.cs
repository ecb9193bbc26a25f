using System.Text.Json.Nodes;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Google.Tests;

/// <summary>Accounts as the target wants them.</summary>
internal sealed class GoogleData() : ConformanceData(TimeProvider.System)
{
    public override string ChangedAttribute => "name.givenName";

    public override string? RemovableAttribute => "recoveryEmail";

    public override string? NameAttribute => "primaryEmail";

    // Names have at most 40 characters.
    public override string AwkwardText => "O'Neil \"Q\" \\ /; <b>&amp; (*) ,+= é漢😀";

    public override NewAccount NewAccount()
    {
        var unique = Guid.NewGuid().ToString("N");
        return new NewAccount(unique, new JsonObject
        {
            ["primaryEmail"] = $"check-{unique}@{FakeGoogle.Domain}",
            ["name"] = new JsonObject { ["givenName"] = "Check", ["familyName"] = "Account" },
            ["organizations"] = new JsonArray(new JsonObject { ["title"] = "Engineer", ["primary"] = true }),
        });
    }

    public override string UnknownId() => "999999999999";

    public override string NameOf(NewAccount account) => account.Attributes["primaryEmail"]!.ToString();
}
