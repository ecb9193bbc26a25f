using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Connectors;
using Provisioning.FakeServers;

namespace Provisioning.Http.Tests;

public sealed class When_a_token_is_requested
{
    private const string ClientSecret = "s3cret/+=";

    private static readonly ConnectorContext s_context = new("t", ".", TimeProvider.System);

    [Theory]
    [InlineData("post", null, "c")]
    [InlineData("basic", "Basic YzpzM2NyZXQlMkYlMkIlM0Q=", null)]
    public async Task Should_send_the_client_as_set(string way, string? header, string? formId)
    {
        await using var server = new ScriptedServer(_ => new Answer(200, new JsonObject { ["access_token"] = "t", ["expires_in"] = "60" }));
        var token = await RequestAsync(server, way);
        Assert.Equal(("t", TimeSpan.FromSeconds(60)), (token.Value, token.Lifetime));
        var request = Assert.Single(server.Requests);
        Assert.Equal((header, formId, "client_credentials"), (request.Headers.GetValueOrDefault("Authorization"), request.Form("client_id"), request.Form("grant_type")));
    }

    [Theory]
    [InlineData(400, FailureKind.Unauthorized)]
    [InlineData(401, FailureKind.Unauthorized)]
    [InlineData(404, FailureKind.Unauthorized)]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(502, FailureKind.Transient)]
    public async Task Should_say_why_without_the_secret(int status, FailureKind kind)
    {
        await using var server = new ScriptedServer(_ => new Answer(
            status, new JsonObject { ["error"] = "invalid_client", ["error_description"] = $"unknown secret {ClientSecret}\nsecond line" }));
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => RequestAsync(server, "post"));
        Assert.Equal(
            (kind, $"token endpoint: HTTP {status} invalid_client: unknown secret *** second line", $"{status} invalid_client"),
            (failure.Kind, failure.Message, failure.TargetCode));
    }

    [Fact]
    public async Task Should_never_be_ambiguous()
    {
        await using var server = new ScriptedServer(_ => new Answer(200));
        server.Break(new Fault("POST", "/token") { LosesAnswer = true });
        Assert.Equal(FailureKind.Transient, (await Assert.ThrowsAsync<ConnectorException>(() => RequestAsync(server, "post"))).Kind);
        Assert.Equal(FailureKind.Transient, (await Assert.ThrowsAsync<ConnectorException>(() => RequestAsync(server, "post"))).Kind);
    }

    [Fact]
    public void Should_sign_assertions_that_others_can_verify()
    {
        using var key = RSA.Create(2048);
        var time = new FakeTimeProvider();
        var claims = new JsonObject { ["iss"] = "ü", ["exp"] = time.GetUtcNow().ToUnixTimeSeconds() + 60 };
        var assertion = JwtAssertion.Sign(key, claims, new JsonObject { ["kid"] = "k" });
        Assert.Equal("ü", new TokenIssuer(time).Verify(assertion, key, TimeSpan.FromMinutes(5))!["iss"]!.ToString());
        using var other = RSA.Create(2048);
        Assert.Null(new TokenIssuer(time).Verify(assertion, other, TimeSpan.FromMinutes(5)));
    }

    private static async Task<AccessToken> RequestAsync(ScriptedServer server, string way)
    {
        using var wire = new HttpWire(new ConnectionSettings(), TimeSpan.FromSeconds(5), s_context);
        var settings = new OAuth2Settings { TokenUrl = server.Url + "/token", ClientId = "c", ClientSecret = new Secret(ClientSecret), ClientAuthentication = way };
        return await new ClientCredentialsGrant(wire, settings).RequestAsync(default);
    }
}
