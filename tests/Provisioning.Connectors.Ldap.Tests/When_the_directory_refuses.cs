using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Ldap.Tests;

public sealed class When_the_directory_refuses(Slapd slapd)
{
    [Fact]
    public async Task Should_call_a_duplicate_that_a_constraint_found_a_conflict()
    {
        await using var connector = slapd.Open(settings => settings.Users.ParentAttribute = "place");
        var name = LdapCalls.Unique("twice");
        await connector.CreateAsync(LdapCalls.Person(name));

        // Another branch, so the distinguished names differ and only the uniqueness overlay objects, with code 19.
        var failure = await LdapCalls.FailsAsync(
            FailureKind.Conflict, () => connector.CreateAsync(LdapCalls.Person(name, ("place", "ou=staff," + Slapd.People))));
        Assert.Equal("19", failure.TargetCode);
    }

    [Fact]
    public async Task Should_reject_an_attribute_that_it_does_not_know()
    {
        await using var connector = slapd.Open();
        var failure = await LdapCalls.FailsAsync(
            FailureKind.Rejected, () => connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("odd"), ("shoeSize", "44"))));
        Assert.Contains("shoeSize", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_reject_an_object_with_the_way_out()
    {
        await using var connector = slapd.Open();
        var failure = await LdapCalls.FailsAsync(
            FailureKind.Rejected,
            () => connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("odd"), ("name", new JsonObject { ["givenName"] = "A" }))));
        Assert.Contains("map its parts", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_pause_on_a_wrong_password_without_showing_it()
    {
        await using var connector = slapd.Open(settings =>
        {
            settings.BindDn = "uid=nobody-at-all,ou=services,dc=example,dc=com";
            settings.BindPassword = new Secret("not-the-password");
        });
        var failure = await LdapCalls.FailsAsync(FailureKind.Unauthorized, () => connector.FindAsync("x"));
        Assert.DoesNotContain("not-the-password", failure.ToString(), StringComparison.Ordinal);
        var said = await connector.TestAsync(LdapCalls.Context, TestContext.Current.CancellationToken);
        Assert.Contains("'bindDn' or its password", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_the_service_account_may_not()
    {
        await using var connector = slapd.Open(settings => settings.Users.Base = "ou=services,dc=example,dc=com");
        await LdapCalls.FailsAsync(FailureKind.Rejected, () => connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("x"))));
    }

    [Fact]
    public async Task Should_not_take_a_referral_for_a_success()
    {
        await using var connector = slapd.Open(settings => (settings.Users.Base, settings.BindDn, settings.BindPassword) = (Slapd.Elsewhere, Slapd.Admin, new Secret("admin")));
        var failure = await LdapCalls.FailsAsync(FailureKind.Rejected, () => connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("x"))));
        Assert.Contains("'ldap://127.0.0.1:9/", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(await connector.TestAsync(LdapCalls.Context, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Should_enable_an_account_whose_attributes_are_refused()
    {
        await using var connector = slapd.Open();
        var token = TestContext.Current.CancellationToken;
        var person = LdapCalls.Person(LdapCalls.Unique("back"));
        var created = await connector.CreateAsync(person);
        await connector.SetEnabledAsync(created.Id, false, LdapCalls.Context, token);
        var delta = new AccountDelta([new("shoeSize", null, "44")], person.Attributes.DeepClone().AsObject(), Enabled: true);
        delta.Desired["shoeSize"] = "44";
        await LdapCalls.FailsAsync(FailureKind.Rejected, () => connector.UpdateAsync(created.Id, delta, LdapCalls.Context, token));
        Assert.True((await connector.ReadAsync(person)).Enabled);
    }

    [Fact]
    public async Task Should_say_that_a_base_does_not_exist()
    {
        await using var connector = slapd.Open(settings => settings.Groups.Base = "ou=nowhere,dc=example,dc=com");
        var said = await connector.TestAsync(LdapCalls.Context, TestContext.Current.CancellationToken);
        Assert.Contains("'groups.base' is 'ou=nowhere,dc=example,dc=com'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_say_all_that_is_wrong_with_the_settings_at_once()
    {
        var failure = Assert.Throws<ConnectorException>(() => slapd.Open(settings =>
        {
            settings.Users.Base = "";
            settings.BindPassword = new Secret("pässword");
        }));
        Assert.Contains("'users.base'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ASCII", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pässword", failure.Message, StringComparison.Ordinal);
    }
}
