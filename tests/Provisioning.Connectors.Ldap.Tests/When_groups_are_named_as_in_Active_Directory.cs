using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Ldap.Tests;

public sealed class When_groups_are_named_as_in_Active_Directory(Slapd slapd)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Engineers")]
    [InlineData("Engineers, R&D")]
    [InlineData("a+b=\"c\"; <d> / [e] : f | g * h? \\ #i")]
    public async Task Should_take_any_name_and_rename_the_entry_too(string name)
    {
        await using var connector = Open();
        var unique = LdapCalls.Unique("");
        var group = new NewAccount(Guid.NewGuid().ToString("N"), new JsonObject { ["displayName"] = name + unique });
        var created = await connector.CreateGroupAsync(group, [], LdapCalls.Context, Token);
        Assert.Equal(name + unique, await NameAsync(connector, name + unique, created.Id));

        var desired = new JsonObject { ["displayName"] = "New, " + name + unique };
        var delta = new AccountDelta([new("displayName", null, desired["displayName"]!.ToString())], desired);
        await connector.UpdateGroupAsync(created.Id, delta, new MembershipDelta([], []), LdapCalls.Context, Token);
        Assert.Equal("New, " + name + unique, await NameAsync(connector, "New, " + name + unique, created.Id));
        var entry = slapd.Entry($"(adminDescription={group.OwnershipMarker})", "cn", "sAMAccountName");
        Assert.Equal("New, " + name + unique, entry.Attributes["cn"][0]);
        Assert.DoesNotContain(entry.Attributes["sAMAccountName"][0].ToString()!, letter => "\"/\\[]:;|=,+*?<>".Contains(letter));
    }

    private LdapConnector Open() => slapd.Open(settings =>
    {
        ActiveDirectory.Settings(slapd)(settings);
        settings.Groups.ObjectClasses = ["namedGroup"];
        settings.Groups.NameAttribute = null;
        settings.Groups.MarkerAttribute = null;
        settings.Groups.ReadAttributes = ["cn", "sAMAccountName", "adminDescription"];
    });

    private static async Task<string> NameAsync(LdapConnector connector, string name, string id)
    {
        var found = Assert.Single(await connector.FindAsync(ResourceType.Group, new MatchKey("", name), LdapCalls.Context, Token));
        Assert.Equal(id, found.Account.Id);
        return found.Account.Attributes["displayName"]!.ToString();
    }
}
