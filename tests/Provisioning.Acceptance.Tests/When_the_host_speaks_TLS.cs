using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Provisioning.Testing;

namespace Provisioning.Acceptance.Tests;

/// <summary>https with a certificate from a file, which may be renewed while the host runs.</summary>
public sealed class When_the_host_speaks_TLS
{
    private readonly string _folder = TestFolder.Create();

    private string? _seen;

    [Fact]
    public async Task Should_serve_with_the_certificate_and_take_the_renewed_one()
    {
        Renew("first");
        var config = new ScratchConfig();
        config.Portal();
        await using var host = await new HostProcess(config.Root, config.Policies, scheme: "https")
        {
            Environment = { ["PROVISIONING_CERTIFICATE"] = In("host.pem"), ["PROVISIONING_CERTIFICATE_KEY"] = In("host.key"), ["PROVISIONING_ALLOWED_HOSTS"] = "provisioning.example.com" },
        }.StartAsync();
        Assert.Equal("ready", await ReadyAsync(host.Url));
        Assert.Equal("CN=first", _seen);
        Assert.Contains("configuration  revision", await host.DoneAsync("status"), StringComparison.Ordinal);
        Renew("second");
        await HostProcess.UntilAsync(async () => await ReadyAsync(host.Url) == "ready" && _seen == "CN=second");
    }

    [Fact]
    public async Task Should_answer_nobody_who_calls_it_by_another_name()
    {
        Renew("host");
        var config = new ScratchConfig();
        await using var host = await new HostProcess(config.Root, config.Policies, scheme: "https")
        {
            Environment = { ["PROVISIONING_CERTIFICATE"] = In("host.pem"), ["PROVISIONING_CERTIFICATE_KEY"] = In("host.key"), ["PROVISIONING_ALLOWED_HOSTS"] = "provisioning.example.com" },
        }.StartAsync();
        foreach (var (name, status) in ((string, HttpStatusCode)[])
            [("provisioning.example.com", HttpStatusCode.OK), ("127.0.0.1", HttpStatusCode.OK), ("attacker.example", HttpStatusCode.BadRequest)])
        {
            using var client = HostProcess.AnyCertificate();
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{host.Url}/health/live");
            request.Headers.Host = name;
            Assert.Equal(status, (await client.SendAsync(request)).StatusCode);
        }
    }

    private async Task<string> ReadyAsync(string url)
    {
        using var client = HostProcess.AnyCertificate(x => _seen = x?.Subject);
        return await client.GetStringAsync($"{url}/health/ready");
    }

    private string In(string file) => Path.Combine(_folder, file);

    private void Renew(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Write("host.key", key.ExportPkcs8PrivateKeyPem());
        Write("host.pem", certificate.ExportCertificatePem());
    }

    private void Write(string file, string text)
    {
        File.WriteAllText(In(file + ".new"), text);
        File.Move(In(file + ".new"), In(file), overwrite: true);
    }
}
