using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Ldap.Tests;

public sealed class When_entries_refer_to_each_other(Slapd slapd)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("manager")]
    [InlineData("secretary")]
    [InlineData("seeAlso")]
    public async Task Should_write_names_and_read_ids(string attribute)
    {
        await using var connector = slapd.Open();
        var boss = await connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("boss")));
        var person = LdapCalls.Person(LdapCalls.Unique("report"), (attribute, boss.Id));
        await connector.CreateAsync(person);
        var written = slapd.Entry($"(uid={person.Attributes["userName"]})", attribute).Attributes[attribute][0].ToString();
        Assert.EndsWith(Slapd.People, written, StringComparison.Ordinal);
        Assert.Equal(boss.Id, (await connector.ReadAsync(person)).Attributes[attribute]!.ToString());
        var listed = await connector.ListAsync(ResourceType.User, LdapCalls.Context, Token)
            .FirstAsync(account => account.OwnershipMarker == person.OwnershipMarker, Token);
        Assert.Equal(boss.Id, listed.Attributes[attribute]!.ToString());
    }

    [Fact]
    public async Task Should_follow_an_account_that_moves()
    {
        await using var connector = slapd.Open(settings => settings.Users.ParentAttribute = "place");
        var manager = LdapCalls.Person(LdapCalls.Unique("mover"));
        var boss = await connector.CreateAsync(manager);
        await connector.ChangeAsync(boss.Id, manager, "place", "ou=staff," + Slapd.People);
        var person = LdapCalls.Person(LdapCalls.Unique("report"));
        var created = await connector.CreateAsync(person);
        await connector.ChangeAsync(created.Id, person, "manager", boss.Id);
        Assert.Contains("ou=staff", slapd.Entry($"(uid={person.Attributes["userName"]})", "manager").Attributes["manager"][0].ToString(), StringComparison.Ordinal);
        Assert.Equal(boss.Id, (await connector.ReadAsync(person)).Attributes["manager"]!.ToString());
    }

    [Fact]
    public async Task Should_take_and_give_names_where_a_mapping_writes_names()
    {
        await using var connector = slapd.Open();
        var name = LdapCalls.Unique("boss");
        await connector.CreateAsync(LdapCalls.Person(name));
        var dn = $"uid={name},{Slapd.People}";
        var person = LdapCalls.Person(LdapCalls.Unique("report"), ("manager", dn));
        await connector.CreateAsync(person);
        Assert.Equal(dn, (await connector.ReadAsync(person)).Attributes["manager"]!.ToString());
    }

    [Fact]
    public async Task Should_leave_out_a_reference_to_nobody_and_say_so()
    {
        await using var connector = slapd.Open();
        var log = new List<string>();
        var person = LdapCalls.Person(LdapCalls.Unique("report"), ("manager", Guid.NewGuid().ToString()), ("title", "Clerk"));
        await connector.CreateAsync(person, LdapCalls.Context with { Log = log.Add }, Token);
        Assert.Contains("'manager' is left out", Assert.Single(log), StringComparison.Ordinal);
        var account = await connector.ReadAsync(person);
        Assert.Null(account.Attributes["manager"]);
        Assert.Equal("Clerk", account.Attributes["title"]!.ToString());
    }

    [Fact]
    public async Task Should_say_plainly_what_is_no_reference()
    {
        await using var connector = slapd.Open();
        var failure = await LdapCalls.FailsAsync(
            FailureKind.Rejected, () => connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("report"), ("manager", "John Smith"))));
        Assert.Equal("'manager' names another entry, by account id or distinguished name, and 'John Smith' is neither", failure.Message);
    }

    [Fact]
    public async Task Should_take_several_references_and_those_of_groups()
    {
        await using var connector = slapd.Open();
        var ids = new JsonArray();
        for (var i = 0; i < 2; i++)
            ids.Add((await connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("owner")))).Id);
        var group = new NewAccount(Guid.NewGuid().ToString("N"), new JsonObject { ["displayName"] = LdapCalls.Unique("owned"), ["owner"] = ids.DeepClone() });
        await connector.CreateGroupAsync(group, [], LdapCalls.Context, Token);
        var found = Assert.Single(await connector.FindAsync(ResourceType.Group, new MatchKey(group.OwnershipMarker, ""), LdapCalls.Context, Token));
        Assert.Equal(ids.Select(id => id!.ToString()).Order(), found.Account.Attributes["owner"]!.AsArray().Select(id => id!.ToString()).Order());
    }
}
