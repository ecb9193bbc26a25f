using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Ldap.Tests;

/// <summary>What cannot be understood is the target's fault, or the settings'; an exception of another kind would be the plugin's.</summary>
public sealed class When_the_directory_answers_nonsense(Slapd slapd)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("objectGUID", "abc")]
    [InlineData("objectGUID", null)]
    [InlineData("entryUUID", null)]
    [InlineData("entryUUID", "")]
    [InlineData("other", "x")]
    public async Task Should_say_that_an_entry_has_no_id(string attribute, string? value)
    {
        using var directory = new ScriptedDirectory { Entry = [(attribute, value is null ? null : Encoding.UTF8.GetBytes(value))] };
        await using var connector = Open(directory, settings => settings.IdAttribute = attribute == "other" ? "entryUUID" : attribute);
        var failure = await LdapCalls.FailsAsync(FailureKind.Misconfigured, () => connector.FindAsync("x"));
        Assert.Contains("check 'idAttribute'", failure.Message, StringComparison.Ordinal);
        await LdapCalls.FailsAsync(FailureKind.Misconfigured, () => connector.ListAsync(ResourceType.User, LdapCalls.Context, Token).CountAsync(Token).AsTask());
        await LdapCalls.FailsAsync(FailureKind.Ambiguous, () => connector.CreateAsync(LdapCalls.Person("x")));
    }

    [Fact]
    public async Task Should_not_take_a_page_that_it_cannot_read_for_the_last()
    {
        using var directory = new ScriptedDirectory { Entry = [("entryUUID", Encoding.UTF8.GetBytes("1"))], Page = [0xFF, 0x01] };
        await using var connector = Open(directory);
        await LdapCalls.FailsAsync(FailureKind.Transient, () => connector.ListAsync(ResourceType.User, LdapCalls.Context, Token).CountAsync(Token).AsTask());
    }

    [Fact]
    public async Task Should_say_that_two_accounts_have_one_id()
    {
        await using var connector = slapd.Open(settings => settings.IdAttribute = "sn");
        var surname = LdapCalls.Unique("twin");
        foreach (var name in (string[])["one", "other"])
            await connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique(name), ("sn", surname)));
        var failure = await LdapCalls.FailsAsync(FailureKind.Misconfigured, () => connector.CreateGroupAsync(
            new NewAccount("m", new JsonObject { ["displayName"] = LdapCalls.Unique("team") }), [surname], LdapCalls.Context, Token));
        Assert.Contains("check 'idAttribute'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_text_that_no_directory_can_hold()
    {
        using var directory = new ScriptedDirectory { Entry = [("entryUUID", Encoding.UTF8.GetBytes("1"))] };
        await using var connector = Open(directory);
        var half = "x" + '\uD800';
        await LdapCalls.FailsAsync(FailureKind.Rejected, () => connector.CreateAsync(LdapCalls.Person("x", ("title", half))));
        await LdapCalls.FailsAsync(FailureKind.Rejected, () => connector.ChangeAsync("1", LdapCalls.Person("x"), "title", half));
        Assert.All(directory.Operations, operation => Assert.True(operation is 0 or 3, $"operation {operation} was sent"));
    }

    [Fact]
    public async Task Should_say_that_it_was_closed()
    {
        using var directory = new ScriptedDirectory();
        var connector = Open(directory);
        await connector.DisposeAsync();
        await LdapCalls.FailsAsync(FailureKind.Transient, () => connector.FindAsync("x"));
        await LdapCalls.FailsAsync(FailureKind.Transient, () => connector.ListAsync(ResourceType.User, LdapCalls.Context, Token).CountAsync(Token).AsTask());
    }

    private LdapConnector Open(ScriptedDirectory directory, Action<LdapSettings>? change = null) => slapd.Open(settings =>
    {
        (settings.Security, settings.Port) = (LdapSecurity.None, directory.Port);
        change?.Invoke(settings);
    });
}
