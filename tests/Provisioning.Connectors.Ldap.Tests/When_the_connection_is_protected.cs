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
        await LdapCalls.FailsAsync(FailureKind.Misconfigured, () => connector.FindAsync("x"));
    }

    [Fact]
    public async Task Should_say_that_a_directory_does_not_start_TLS()
    {
        using var plain = new PlainDirectory();
        await using var connector = slapd.Open(settings => (settings.Security, settings.Port) = (LdapSecurity.StartTls, plain.Port));
        var failure = await LdapCalls.FailsAsync(FailureKind.Misconfigured, () => connector.FindAsync("x"));
        Assert.Contains("does not start TLS", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LdapSecurity.None)]
    [InlineData(LdapSecurity.Ldaps)]
    public async Task Should_not_speak_of_certificates_where_nobody_listens(LdapSecurity security)
    {
        int port;
        using (var plain = new PlainDirectory())
            port = plain.Port;
        await using var connector = slapd.Open(settings => (settings.Security, settings.Port) = (security, port));
        var failure = await LdapCalls.FailsAsync(FailureKind.Transient, () => connector.FindAsync("x"));
        Assert.Equal("the directory cannot be reached", failure.Message);
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
