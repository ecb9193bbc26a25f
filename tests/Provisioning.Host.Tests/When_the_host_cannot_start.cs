using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;
using Provisioning.Storage;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>It says in one line what to do, ends with an exit code, and has changed nothing.</summary>
public sealed class When_the_host_cannot_start
{
    private readonly string _root = TestFolder.Create();

    [Theory]
    [InlineData("127.0.0.1:8080")]
    [InlineData("")]
    [InlineData(" ; ")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:0/base")]
    [InlineData("ftp://127.0.0.1:0")]
    [InlineData("http://localhost:0")]
    [InlineData("http://192.0.2.1:0")]
    public void Should_name_an_address_that_it_cannot_listen_on(string urls)
    {
        var refused = Assert.Throws<StartException>(() => ListenAddresses.Check(urls));
        Assert.StartsWith("--urls: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:0;http://127.0.0.1:0")]
    [InlineData("http://*:0")]
    [InlineData("https://127.0.0.1:0")]
    public void Should_accept_an_address_that_it_can_listen_on(string urls) => ListenAddresses.Check(urls);

    [Theory]
    [InlineData(null, null, null, "https needs a certificate; name it with --certificate")]
    [InlineData("gone.pem", null, null, "gone.pem' cannot be used")]
    [InlineData("text", null, null, "text' cannot be used")]
    [InlineData("good.pem", null, null, "cannot be used")]
    [InlineData("good.pem", "text", null, "cannot be used")]
    [InlineData("good.pem", "other.key", null, "cannot be used")]
    [InlineData("good.pfx", null, null, "cannot be used")]
    [InlineData("good.pfx", null, "env:NO_SUCH_PASSWORD", "--certificate-password: ")]
    [InlineData("store:nobody-has-this", null, null, "has no valid certificate with a key for 'nobody-has-this'")]
    public void Should_name_a_certificate_that_it_cannot_use(string? certificate, string? key, string? password, string said)
    {
        Certificates();
        var refused = Assert.Throws<StartException>(() => ServerCertificate.Open(Https(certificate, key, password), new ConfigurationBuilder().Build(), TimeProvider.System));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("good.pem", "good.key", null)]
    [InlineData("both.pem", null, null)]
    [InlineData("good.pfx", null, "file:password")]
    public void Should_accept_a_certificate_that_it_can_use(string certificate, string? key, string? password)
    {
        Certificates();
        Assert.NotNull(ServerCertificate.Open(Https(certificate, key, password), new ConfigurationBuilder().Build(), TimeProvider.System));
    }

    [Theory]
    [InlineData("http://0.0.0.0:80", 1)]
    [InlineData("http://*:80", 1)]
    [InlineData("http://example.com", 1)]
    [InlineData("http://127.0.0.1:80;http://[::1]:80;http://localhost:80", 0)]
    [InlineData("https://*:443", 0)]
    public void Should_know_which_addresses_show_tokens_to_others(string urls, int count) => Assert.Equal(count, ListenAddresses.Exposed(urls).Count);

    [Theory]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080")]
    [InlineData("https://[::]:8443", "https://127.0.0.1:8443")]
    [InlineData("http://10.0.0.7:8080", "http://10.0.0.7:8080")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    public void Should_know_where_commands_find_it(string url, string found) => Assert.Equal(found, ListenAddresses.OnThisMachine(url));

    [Theory]
    [InlineData("10.0.0.5", true)]
    [InlineData("10.0.0.5, 10.1.0.0/16, fd00::/8", true)]
    [InlineData("", true)]
    [InlineData("proxy.example.com", false)]
    [InlineData("10.0.0.5/33", false)]
    public void Should_name_a_proxy_that_is_no_address(string proxies, bool good)
    {
        if (good)
            Security.TrustedProxies.Read(proxies);
        else
            Assert.StartsWith("--proxies: ", Assert.Throws<StartException>(() => Security.TrustedProxies.Read(proxies)).Message, StringComparison.Ordinal);
    }

    private HostSettings Https(string? certificate, string? key, string? password) => Settings("https://127.0.0.1:0") with
    {
        Config = _root,
        Certificate = certificate?.StartsWith("store:", StringComparison.Ordinal) != false ? certificate : Path.Combine(_root, certificate),
        CertificateKey = key is null ? null : Path.Combine(_root, key),
        CertificatePassword = password,
    };

    private void Certificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=host", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        foreach (var (file, text) in ((string, string)[])
            [
                ("good.pem", certificate.ExportCertificatePem()), ("good.key", key.ExportPkcs8PrivateKeyPem()), ("other.key", other.ExportPkcs8PrivateKeyPem()),
                ("both.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()), ("text", "no certificate"), ("password", "of the file"),
            ])
            File.WriteAllText(Path.Combine(_root, file), text);
        File.WriteAllBytes(Path.Combine(_root, "good.pfx"), certificate.Export(X509ContentType.Pkcs12, "of the file"));
    }

    [Fact]
    public async Task Should_make_no_data_folder_where_another_process_listens()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var settings = Settings($"http://{other.LocalEndpoint}");
        Directory.CreateDirectory(settings.Policies);
        Assert.Equal(1, await HostRunner.RunAsync(settings, CancellationToken.None));
        Assert.False(Directory.Exists(settings.Data));
    }

    [Fact]
    public async Task Should_make_no_data_folder_where_the_policy_folder_does_not_exist()
    {
        var settings = Settings("http://127.0.0.1:0");
        Assert.Equal(1, await HostRunner.RunAsync(settings, CancellationToken.None));
        Assert.False(Directory.Exists(settings.Data));
    }

    [Fact]
    public void Should_name_a_data_folder_that_is_a_file()
    {
        var file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");
        Assert.Contains("it is a file", Assert.Throws<StartException>(() => DataFolder.Prepare(file)).Message, StringComparison.Ordinal);
        Assert.Contains(file, Assert.Throws<StartException>(() => DataFolder.Prepare(Path.Combine(file, "below"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_describe_what_an_operator_can_mend_in_a_line_and_a_fault_of_its_own_with_its_stack()
    {
        Assert.Equal("no room", StartFailure.Describe(new AggregateException(new IOException("no room"))));
        Assert.Equal("not there", StartFailure.Describe(new SecretException("not there")));
        Assert.Contains(nameof(InvalidCastException), StartFailure.Describe(new InvalidCastException("?")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Logging:Console:FormatterName", "xml")]
    [InlineData("Logging:LogLevel:Default", "loud")]
    public void Should_name_a_log_setting_that_there_is_not(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(setting, (string?)value)]).Build();
        var refused = Assert.Throws<StartException>(() => LoggerFactory.Create(x => HostLogging.Configure(x, configuration, new StartGate(TimeProvider.System))));
        Assert.StartsWith($"{setting} is '{value}'; it must be one of ", refused.Message, StringComparison.Ordinal);
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void Should_close_a_data_folder_that_was_open_to_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights are inherited there");
        var data = Path.Combine(_root, "data");
        Assert.Equal(0, DataFolder.Prepare(data));
        Assert.Equal(DataFile.PrivateFolder, File.GetUnixFileMode(data));

        var accounts = Directory.CreateDirectory(Path.Combine(data, "accounts"), (UnixFileMode)0b111_101_101);
        foreach (var file in (string[])["provisioning.db", "host.url", "accounts/staff.csv"])
        {
            File.WriteAllText(Path.Combine(data, file), "");
            File.SetUnixFileMode(Path.Combine(data, file), (UnixFileMode)0b110_100_100);
        }

        File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
        Assert.Equal(5, DataFolder.Prepare(data));
        Assert.Equal(DataFile.PrivateFolder, File.GetUnixFileMode(accounts.FullName));
        Assert.Equal(DataFile.PrivateFile, File.GetUnixFileMode(Path.Combine(data, "accounts", "staff.csv")));
        Assert.Equal(0, DataFolder.Prepare(data));
    }

    private HostSettings Settings(string urls) =>
        new(Path.Combine(_root, "config"), Path.Combine(_root, "policies"), Path.Combine(_root, "plugins"), Path.Combine(_root, "data"), urls);
}
