using System.Text.Json.Nodes;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Entra.Tests;

/// <summary>Accounts as the target wants them.</summary>
internal sealed class EntraData() : ConformanceData(TimeProvider.System)
{
    public override string? RemovableAttribute => "jobTitle";

    public override string? NameAttribute => "userPrincipalName";

    public override NewAccount NewAccount()
    {
        var unique = Guid.NewGuid().ToString("N");
        return EntraTarget.Ada("""{"givenName":"Ada","surname":"Byron"}""", $"check-{unique}@corp.example", unique);
    }

    public override string NameOf(NewAccount account) => account.Attributes["userPrincipalName"]!.ToString();
}
