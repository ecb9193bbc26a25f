namespace Provisioning.Connectors.Ldap.Tests;

public sealed class When_entries_move(Slapd slapd)
{
    private const string Staff = "ou=staff," + Slapd.People;
    private const string Leavers = "ou=leavers," + Slapd.People;

    [Fact]
    public async Task Should_keep_the_id_and_the_memberships()
    {
        await using var connector = Open();
        var token = TestContext.Current.CancellationToken;
        var person = LdapCalls.Person(LdapCalls.Unique("mover"), ("place", Staff));
        var created = await connector.CreateAsync(person);
        var group = new NewAccount(Guid.NewGuid().ToString("N"), new() { ["displayName"] = LdapCalls.Unique("movers") });
        var groupId = (await connector.CreateGroupAsync(group, [created.Id], LdapCalls.Context, token)).Id;

        await connector.ChangeAsync(created.Id, person, "place", Leavers);

        var moved = await connector.ReadAsync(person);
        Assert.Equal(created.Id, moved.Id);
        Assert.Equal(Leavers, moved.Attributes["place"]!.ToString());
        Assert.Equal([created.Id], await connector.ListMembersAsync(groupId, LdapCalls.Context, token).ToListAsync(token));
    }

    [Fact]
    public async Task Should_move_and_rename_and_change_in_one_update()
    {
        await using var connector = Open();
        var person = LdapCalls.Person(LdapCalls.Unique("both"), ("place", Staff));
        var created = await connector.CreateAsync(person);
        var name = LdapCalls.Unique("after");
        var desired = person.Attributes.DeepClone().AsObject();
        (desired["userName"], desired["place"], desired["title"]) = (name, Leavers, "Pensioner");
        var delta = new AccountDelta([new("title", null, "Pensioner"), new("userName", null, name), new("place", null, Leavers)], desired, Enabled: false);
        await connector.UpdateAsync(created.Id, delta, LdapCalls.Context, TestContext.Current.CancellationToken);

        var after = await connector.ReadAsync(person);
        Assert.Equal(created.Id, after.Id);
        Assert.Equal(name, after.Attributes["uid"]!.ToString());
        Assert.Equal("Pensioner", after.Attributes["title"]!.ToString());
        Assert.Equal(Leavers, after.Attributes["place"]!.ToString());
        Assert.False(after.Enabled);
    }

    [Fact]
    public async Task Should_refuse_a_place_outside_of_the_base()
    {
        await using var connector = Open();
        var failure = await LdapCalls.FailsAsync(
            FailureKind.Rejected, () => connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("out"), ("place", "ou=services,dc=example,dc=com"))));
        Assert.Contains("never be found again", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_the_place_does_not_exist()
    {
        await using var connector = Open();
        var failure = await LdapCalls.FailsAsync(
            FailureKind.Rejected, () => connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("out"), ("place", "ou=nowhere," + Slapd.People))));
        Assert.Contains("parent", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Doe, Jane + \"JJ\" <j@x>; a=b\\c")]
    [InlineData("#hash")]
    [InlineData(" space around ")]
    [InlineData("*)(uid=*")]
    [InlineData("é漢字😀")]
    public async Task Should_escape_whatever_a_name_holds(string awkward)
    {
        await using var connector = Open();
        var name = awkward.StartsWith(' ') ? $" {Guid.NewGuid():N}{awkward}" : awkward + Guid.NewGuid().ToString("N");
        var person = LdapCalls.Person(LdapCalls.Unique("plain"));
        var created = await connector.CreateAsync(person);
        await connector.ChangeAsync(created.Id, person, "userName", name);
        await connector.ChangeAsync(created.Id, person, "title", "Found");
        var found = Assert.Single(await connector.FindAsync(name)).Account;
        Assert.Equal(created.Id, found.Id);
        Assert.Equal(name, found.Attributes["uid"]!.ToString());
        Assert.Equal(Slapd.People, Dn.Parent(slapd.Entry(LdapFilter.Equal("entryUUID", created.Id)).DistinguishedName));
        await connector.DeleteAsync(created.Id, LdapCalls.Context, TestContext.Current.CancellationToken);
    }

    private LdapConnector Open() => slapd.Open(settings => settings.Users.ParentAttribute = "place");
}
