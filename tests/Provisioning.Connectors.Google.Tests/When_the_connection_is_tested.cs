using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Google.Tests;

public sealed class When_the_connection_is_tested : IAsyncDisposable
{
    private readonly GoogleTarget _target = new();

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Fact]
    public async Task Should_name_the_scopes_when_the_delegation_is_missing()
    {
        _target.Google.Delegated = false;
        var said = await TestAsync();
        Assert.Contains("'1140001'", said, StringComparison.Ordinal);
        Assert.Contains("admin.directory.user.security", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_name_the_administrator_when_the_assertion_is_refused() =>
        Assert.StartsWith("Google refused the assertion for 'nobody@corp.example'", await TestAsync(settings => settings.AdminEmail = "nobody@corp.example"), StringComparison.Ordinal);

    [Fact]
    public async Task Should_name_the_administrator_who_lacks_a_privilege()
    {
        _target.Google.Privileged = false;
        Assert.StartsWith("'admin@corp.example' lacks the privilege", await TestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_the_API_is_switched_off()
    {
        _target.Google.Break(new Fault("GET", "/users") { Instead = GoogleError.Make(403, "accessNotConfigured", "Access Not Configured.") });
        Assert.StartsWith("the Admin SDK API is switched off", await TestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_accept_a_P12_key_of_earlier_days()
    {
        using var key = RSA.Create();
        key.ImportFromPem(System.Text.Json.Nodes.JsonNode.Parse(_target.Google.ServiceAccountKey)!["private_key"]!.ToString());
        var request = new CertificateRequest("CN=svc", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(_target.Time.GetUtcNow(), _target.Time.GetUtcNow().AddYears(1));
        var file = Path.Combine(Directory.CreateTempSubdirectory("google-p12-").FullName, "key.p12");
        await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pkcs12, "notasecret"));
        try
        {
            Assert.Null(await TestAsync(settings =>
            {
                settings.ServiceAccountKey = null;
                (settings.P12File, settings.ServiceAccountEmail, settings.TokenUrl) = (file, FakeGoogle.ServiceEmail, _target.Google.Url + "/token");
            }));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [Theory]
    [InlineData(null, "serviceAccountKey is missing")]
    [InlineData("{}", "serviceAccountKey is no JSON key")]
    [InlineData("""{"client_email":"a@b","private_key":"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"}""", "the key of the service account cannot be read")]
    public void Should_refuse_a_key_that_is_none(string? key, string expected)
    {
        var failure = Assert.Throws<ConnectorException>(() => _target.Connect(settings => settings.ServiceAccountKey = key is null ? null : new Secret(key)));
        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", failure.ToString(), StringComparison.Ordinal);
    }

    private async Task<string?> TestAsync(Action<GoogleSettings>? change = null)
    {
        await using var connector = _target.Connect(change);
        return await connector.TestAsync(_target.Context, default);
    }
}
