using System.DirectoryServices.Protocols;

namespace Provisioning.Connectors.Ldap.Tests;

public sealed class When_accounts_exist_already(Slapd slapd)
{
    [Fact]
    public async Task Should_find_one_that_nobody_owns_by_its_name()
    {
        await using var connector = slapd.Open();
        var name = LdapCalls.Unique("old");
        using (var admin = slapd.Connect())
            admin.SendRequest(new AddRequest(
                $"uid={name},ou=staff,{Slapd.People}", new DirectoryAttribute("objectClass", "inetOrgPerson"), new DirectoryAttribute("cn", "Old"),
                new DirectoryAttribute("sn", "Timer"), new DirectoryAttribute("mail", "a@example.com", "b@example.com")));
        var found = Assert.Single(await connector.FindAsync(name, "marker"));
        Assert.Equal(AccountOwnership.Unowned, found.Ownership);
        Assert.True(found.Account.Enabled);
        Assert.Equal("[\"a@example.com\",\"b@example.com\"]", found.Account.Attributes["mail"]!.ToJsonString());
    }

    [Fact]
    public async Task Should_match_by_another_attribute_when_told_to()
    {
        await using var connector = slapd.Open(settings => settings.Users.NameAttribute = "mail");
        var address = LdapCalls.Unique("m") + "@example.com";
        var person = LdapCalls.Person(address, ("uid", LdapCalls.Unique("by-mail")));
        var created = await connector.CreateAsync(person);
        Assert.False(connector.NamesAreUnique);
        Assert.Equal(created.Id, Assert.Single(await connector.FindAsync(address)).Account.Id);
    }

    [Fact]
    public async Task Should_keep_members_by_name_where_groups_hold_names()
    {
        await using var connector = slapd.Open(settings =>
        {
            settings.Groups.ObjectClasses = ["posixGroup"];
            settings.Groups.MemberAttribute = "memberUid";
            settings.Groups.MemberValue = MemberValue.Name;
            settings.Groups.MarkerAttribute = "description";
        });
        var token = TestContext.Current.CancellationToken;
        var name = LdapCalls.Unique("posix");
        var member = await connector.CreateAsync(LdapCalls.Person(name));
        var group = new NewAccount("m", new() { ["displayName"] = LdapCalls.Unique("posix-group"), ["gidNumber"] = 5000 });
        var created = await connector.CreateGroupAsync(group, [member.Id], LdapCalls.Context, token);
        Assert.Equal(name, EntryKind.Text(slapd.Entry(LdapFilter.Equal("entryUUID", created.Id), "memberUid"), "memberUid"));
        Assert.Equal([member.Id], await connector.ListMembersAsync(created.Id, LdapCalls.Context, token).ToListAsync(token));
    }

    [Fact]
    public async Task Should_describe_what_the_object_classes_allow()
    {
        await using var connector = slapd.Open();
        var schema = await connector.DescribeAsync(ResourceType.User, LdapCalls.Context, TestContext.Current.CancellationToken);
        Assert.True(schema.Single(attribute => attribute.Name == "sn").Required);
        Assert.Equal(SchemaType.Binary, schema.Single(attribute => attribute.Name == "jpegPhoto").Type);
        var title = schema.Single(attribute => attribute.Name == "title");
        Assert.True(title is { Required: false, MultiValued: true, Type: SchemaType.Text, Description: not null });
        Assert.False(schema.Single(attribute => attribute.Name == "preferredLanguage").MultiValued);
    }
}
