using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Provisioning.Connectors;
using Provisioning.FakeServers;

namespace Provisioning.Http.Tests;

public sealed class When_the_connection_is_special : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("http-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Should_trust_the_named_authorities_and_show_the_client_certificate()
    {
        using var serverCertificate = Certificate("CN=server");
        using var clientCertificate = Certificate("CN=client");
        await using var app = await StartAsync(serverCertificate);
        Write("ca.pem", serverCertificate.ExportCertificatePem());
        Write("client.pem", clientCertificate.ExportCertificatePem());
        var settings = new ConnectionSettings
        {
            CertificateAuthorities = "ca.pem",
            ClientCertificate = "client.pem",
            ClientKey = new Secret(clientCertificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()),
        };
        Assert.Equal("CN=client", (await GetAsync(app.Urls.First(), settings)).Text);
        File.WriteAllBytes(Path.Combine(_folder, "client.pfx"), clientCertificate.Export(X509ContentType.Pkcs12, "pw"));
        (settings.ClientCertificate, settings.ClientKey, settings.ClientCertificatePassword) = ("client.pfx", null, new Secret("pw"));
        Assert.Equal("CN=client", (await GetAsync(app.Urls.First(), settings)).Text);
    }

    [Fact]
    public async Task Should_say_that_a_certificate_is_not_trusted()
    {
        using var serverCertificate = Certificate("CN=server");
        await using var app = await StartAsync(serverCertificate);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => GetAsync(app.Urls.First(), new ConnectionSettings()));
        Assert.Equal((FailureKind.Misconfigured, "the certificate of the target is not trusted; see 'certificateAuthorities'"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Should_go_through_the_proxy()
    {
        await using var proxy = new ScriptedServer(request => new Answer(200, request.Headers["Host"]));
        var answer = await GetAsync("http://target.example", new ConnectionSettings { Proxy = proxy.Url, ProxyUserName = "u", ProxyPassword = new Secret("p") });
        Assert.Equal("\"target.example\"", answer.Text);
    }

    [Fact]
    public async Task Should_say_that_a_name_is_unknown()
    {
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => GetAsync("http://no-such-host.invalid", new ConnectionSettings()));
        Assert.Equal((FailureKind.Misconfigured, "the name of the target does not exist; check the address"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("missing.pem", "no.pem", "certificateAuthorities")]
    [InlineData("empty.pem", "empty.pem", "certificateAuthorities")]
    public void Should_refuse_files_that_cannot_be_used(string name, string content, string setting)
    {
        if (name != "missing.pem")
            Write(name, content);
        var failure = Assert.Throws<ConnectorException>(() => HttpHandlers.Create(new ConnectionSettings { CertificateAuthorities = name }, _folder));
        Assert.Equal(FailureKind.Misconfigured, failure.Kind);
        Assert.StartsWith($"{setting} cannot be used", failure.Message, StringComparison.Ordinal);
    }

    private async Task<HttpAnswer> GetAsync(string url, ConnectionSettings settings)
    {
        using var wire = new HttpWire(settings, TimeSpan.FromSeconds(20), new ConnectorContext("t", _folder, TimeProvider.System));
        using var message = new HttpRequestMessage(HttpMethod.Get, url);
        return await wire.SendAsync(message, creates: false, TestContext.Current.CancellationToken);
    }

    private static async Task<WebApplication> StartAsync(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.ClientCertificateValidation = static (_, _, _) => true;
        })));
        var app = builder.Build();
        app.Run(http => http.Response.WriteAsync(http.Connection.ClientCertificate?.Subject ?? "nobody"));
        await app.StartAsync();
        return app;
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, false));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);
}
