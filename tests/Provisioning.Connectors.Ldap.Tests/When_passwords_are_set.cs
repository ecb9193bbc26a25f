using System.Text;

namespace Provisioning.Connectors.Ldap.Tests;

public sealed class When_passwords_are_set(Slapd slapd)
{
    [Theory]
    [InlineData(PasswordStyle.Extended)]
    [InlineData(PasswordStyle.UserPassword)]
    public async Task Should_let_the_person_sign_on(PasswordStyle style)
    {
        await using var connector = slapd.Open(settings => settings.Users.Password = style);
        var created = await connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("pw")));
        await connector.SetPasswordAsync(created.Id, new Secret("Long-enough-1"), LdapCalls.Context, TestContext.Current.CancellationToken);
        var entry = slapd.Entry(LdapFilter.Equal("entryUUID", created.Id), "userPassword");
        Assert.True(slapd.CanSignOn(entry.DistinguishedName, "Long-enough-1"));
        Assert.StartsWith("{SSHA}", EntryKind.Text(entry, "userPassword"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_pass_on_why_the_policy_refuses_one()
    {
        await using var connector = slapd.Open();
        var created = await connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("pw")));
        var failure = await LdapCalls.FailsAsync(
            FailureKind.Rejected,
            () => connector.SetPasswordAsync(created.Id, new Secret("shrt7"), LdapCalls.Context, TestContext.Current.CancellationToken));
        Assert.Contains("quality", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("shrt7", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_write_unicodePwd_in_quotes_as_UTF_16()
    {
        await using var connector = slapd.Open(ActiveDirectory.Settings(slapd));
        var created = await connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("pw")));

        // Nobody knows the first one, but every new account has one.
        var first = Unicode(created.Id);
        Assert.Matches("^\".{40}\"$", first);

        await connector.SetPasswordAsync(created.Id, new Secret("Pässword-1"), LdapCalls.Context, TestContext.Current.CancellationToken);
        Assert.Equal("\"Pässword-1\"", Unicode(created.Id));
    }

    [Fact]
    public async Task Should_never_read_one()
    {
        await using var connector = slapd.Open(ActiveDirectory.Settings(slapd));
        var person = LdapCalls.Person(LdapCalls.Unique("pw"));
        await connector.CreateAsync(person);
        Assert.DoesNotContain(
            (await connector.ReadAsync(person)).Attributes, attribute => attribute.Key.Contains("pwd", StringComparison.OrdinalIgnoreCase));
    }

    private string Unicode(string id) => Encoding.Unicode.GetString(
        (byte[])slapd.Entry(LdapFilter.Equal("entryUUID", id), "unicodePwd").Attributes["unicodePwd"].GetValues(typeof(byte[]))[0]);
}
