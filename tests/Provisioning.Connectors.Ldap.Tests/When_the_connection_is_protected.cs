namespace Provisioning.Connectors.Ldap.Tests;

public sealed class When_the_connection_is_protected(Slapd slapd)
{
    public static TheoryData<LdapSecurity> Protected => [LdapSecurity.StartTls, LdapSecurity.Ldaps];

    [Theory]
    [MemberData(nameof(Protected))]
    public async Task Should_trust_the_configured_authority(LdapSecurity security)
    {
        await using var connector = Open(security, slapd.CaDirectory);
        Assert.Null(await connector.TestAsync(LdapCalls.Context, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Protected))]
    public async Task Should_refuse_a_server_of_another_authority(LdapSecurity security)
    {
        await using var connector = Open(security, slapd.OtherCaDirectory);
        Assert.Contains("certificate is not trusted", await connector.TestAsync(LdapCalls.Context, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Should_say_that_the_folder_of_authorities_is_missing()
    {
        await using var connector = Open(LdapSecurity.Ldaps, "/no/such/folder");
        Assert.Contains("/no/such/folder", await connector.TestAsync(LdapCalls.Context, TestContext.Current.CancellationToken));
    }

    private LdapConnector Open(LdapSecurity security, string authorities) => slapd.Open(settings =>
    {
        settings.Security = security;
        settings.CaDirectory = authorities;
        settings.Port = security == LdapSecurity.Ldaps ? slapd.TlsPort : slapd.Port;
    });
}
