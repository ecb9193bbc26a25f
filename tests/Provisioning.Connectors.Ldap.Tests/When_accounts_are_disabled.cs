namespace Provisioning.Connectors.Ldap.Tests;

public sealed class When_accounts_are_disabled(Slapd slapd)
{
    private const string Password = "Very-Long-Passw0rd";

    [Fact]
    public async Task Should_keep_the_person_from_signing_on()
    {
        await using var connector = slapd.Open();
        var token = TestContext.Current.CancellationToken;
        var person = LdapCalls.Person(LdapCalls.Unique("locked"));
        var created = await connector.CreateAsync(person);
        await connector.SetPasswordAsync(created.Id, new Secret(Password), LdapCalls.Context, token);
        var dn = slapd.Entry(LdapFilter.Equal("entryUUID", created.Id)).DistinguishedName;
        Assert.True(slapd.CanSignOn(dn, Password));

        await connector.SetEnabledAsync(created.Id, false, LdapCalls.Context, token);
        Assert.False(slapd.CanSignOn(dn, Password));

        await connector.SetEnabledAsync(created.Id, true, LdapCalls.Context, token);
        Assert.True(slapd.CanSignOn(dn, Password));
    }

    [Fact]
    public async Task Should_change_one_bit_and_no_other()
    {
        await using var connector = OpenAsActiveDirectory();
        var token = TestContext.Current.CancellationToken;
        var person = LdapCalls.Person(LdapCalls.Unique("bits"), ("userAccountControl", "66048"));
        var created = await connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("bits")));
        Assert.Equal("512", Control(created.Id));
        await connector.ChangeAsync(created.Id, person, "userAccountControl", "66048");

        await connector.SetEnabledAsync(created.Id, false, LdapCalls.Context, token);
        Assert.Equal("66050", Control(created.Id));
        await connector.SetEnabledAsync(created.Id, true, LdapCalls.Context, token);
        Assert.Equal("66048", Control(created.Id));
    }

    [Fact]
    public async Task Should_start_disabled_by_the_bit()
    {
        await using var connector = OpenAsActiveDirectory();
        var created = await connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("bits")) with { Enabled = false });
        Assert.Equal("514", Control(created.Id));
        Assert.False(created.Enabled);
    }

    [Fact]
    public async Task Should_write_both_values_where_the_directory_has_a_word_for_each()
    {
        await using var connector = slapd.Open(settings => settings.Users.Disable = new DisableSettings
        {
            Attribute = "employeeType", DisabledValue = "inactive", EnabledValue = "active",
        });
        var created = await connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("word")));
        Assert.Equal("active", Text(created.Id, "employeeType"));
        await connector.SetEnabledAsync(created.Id, false, LdapCalls.Context, TestContext.Current.CancellationToken);
        Assert.Equal("inactive", Text(created.Id, "employeeType"));
    }

    private string Control(string id) => Text(id, "userAccountControl");

    private string Text(string id, string attribute) =>
        EntryKind.Text(slapd.Entry(LdapFilter.Equal("entryUUID", id), attribute), attribute);

    private LdapConnector OpenAsActiveDirectory() => slapd.Open(ActiveDirectory.Settings(slapd));
}
