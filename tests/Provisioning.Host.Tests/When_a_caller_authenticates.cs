using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Host.Configuration;
using Provisioning.Host.Security;

namespace Provisioning.Host.Tests;

/// <summary>Who is let in: the host is closed but for what says that it is open.</summary>
public sealed class When_a_caller_authenticates(When_a_caller_authenticates.SharedHost shared) : IClassFixture<When_a_caller_authenticates.SharedHost>
{
    private readonly InboundRig _rig = shared.Rig;

    [Fact]
    public void Should_be_asked_for_a_token_everywhere_but_here()
    {
        var open = _rig.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(x => x.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(x => x.RoutePattern.RawText);
        Assert.Equal(
            ["/.well-known/authzen-configuration", "/.well-known/oauth-authorization-server", "/health/live", "/health/ready", "/oauth/token"],
            open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Should_need_the_hosts_own_token_for_what_only_operators_do()
    {
        var admin = _rig.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(x => x.RoutePattern.RawText!.StartsWith("/api/admin", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(admin);
        Assert.All(admin, x => Assert.Contains(x.Metadata.GetOrderedMetadata<IAuthorizeData>(), y => y.Policy == AccessPolicies.Resident));
        using var portal = _rig.Client();
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.GetAsync("/api/admin/status")).StatusCode);
        using var resident = _rig.Client(_rig.ResidentToken);
        Assert.Equal(HttpStatusCode.OK, (await resident.GetAsync("/api/admin/status")).StatusCode);
    }

    [Theory]
    [InlineData("/scim/v2/Users", "application/scim+json")]
    [InlineData("/scim/v2/nowhere", "application/scim+json")]
    [InlineData("/api/admin/status", "application/problem+json")]
    [InlineData("/api/nowhere", "application/problem+json")]
    [InlineData("/nowhere", "application/problem+json")]
    [InlineData("/authorization", "text/plain")]
    public async Task Should_be_refused_without_a_token_in_the_form_of_what_was_asked(string path, string form)
    {
        using var nobody = _rig.Client(null);
        var answer = await nobody.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal(form, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("token", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_be_told_what_is_wrong_in_the_form_of_what_was_asked()
    {
        using var resident = _rig.Client(_rig.ResidentToken);
        var answer = await resident.GetAsync("/api/admin/assignments?status=lost");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal((400, "Bad Request"), ((int)problem["status"]!, (string?)problem["title"]));
        Assert.Contains("'lost'", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Contains("there is no '/api/nowhere' here", await (await resident.GetAsync("/api/nowhere")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_get_an_access_token_for_its_own_token_and_use_it()
    {
        using var nobody = _rig.Client(null);
        var place = JsonNode.Parse(await nobody.GetStringAsync("/.well-known/oauth-authorization-server"))!["token_endpoint"]!.ToString();
        foreach (var asBasic in (bool[])[true, false])
        {
            var answer = await AskAsync(nobody, place, "portal", InboundRig.Token, asBasic);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.Equal(("Bearer", 3600), ((string?)body["token_type"], (int)body["expires_in"]!));
            using var portal = _rig.Client((string?)body["access_token"]);
            Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync("/scim/v2/Users")).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await portal.GetAsync("/api/admin/status")).StatusCode);
        }
    }

    [Fact]
    public async Task Should_be_let_in_when_the_header_is_the_bare_token()
    {
        using var portal = _rig.Client(null);
        portal.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", InboundRig.Token);
        Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync("/scim/v2/Users")).StatusCode);
    }

    [Theory]
    [InlineData("portal", "the-token-of-somebody", "client_credentials", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("resident", InboundRig.Token, "client_credentials", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("", "", "client_credentials", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("portal", InboundRig.Token, "password", HttpStatusCode.BadRequest, "unsupported_grant_type")]
    public async Task Should_not_get_an_access_token_for_anything_else(string name, string secret, string grant, HttpStatusCode status, string error)
    {
        using var nobody = _rig.Client(null);
        var answer = await AskAsync(nobody, TokenEndpoint.Path, name, secret, asBasic: false, grant);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(error, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]);
    }

    [Fact]
    public async Task Should_send_a_small_form()
    {
        using var nobody = _rig.Client(null);
        Assert.Equal(HttpStatusCode.BadRequest, (await nobody.PostAsync(TokenEndpoint.Path, new StringContent("{}"))).StatusCode);
        var large = await AskAsync(nobody, TokenEndpoint.Path, "portal", new string('x', 100_000), asBasic: false);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task Should_not_be_let_in_with_a_token_that_is_over_or_was_changed()
    {
        var owners = _rig.Services.GetRequiredService<TokenOwners>();
        var anHourAgo = new AccessTokens(owners, new FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(-62)));
        var good = new AccessTokens(owners, TimeProvider.System).Issue("portal", InboundRig.Token);
        Assert.NotNull(await owners.FindAsync(good, _rig));
        var parts = good.Split('.');
        foreach (var bad in (string[])
        [
            anHourAgo.Issue("portal", InboundRig.Token),
            new AccessTokens(owners, TimeProvider.System).Issue("resident", InboundRig.Token),
            new AccessTokens(owners, TimeProvider.System).Issue("portal", "a-token-that-nobody-has"),
            $"{parts[0]}.{Changed(parts[1], "portal", "resident")}.{parts[2]}",
            $"{Changed(parts[0], "HS256", "none")}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}.", "a.b.c", "..", new string('.', 5000),
        ])
            Assert.Null(await owners.FindAsync(bad, _rig));
    }

    [Fact]
    public async Task Should_lose_its_access_tokens_with_the_token_they_were_given_for()
    {
        await using var rig = await InboundRig.StartAsync();
        var token = rig.Services.GetRequiredService<AccessTokens>().Issue("portal", InboundRig.Token);
        using var portal = rig.Client(token);
        Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync("/scim/v2/Users")).StatusCode);
        await File.WriteAllTextAsync(Path.Combine(rig.Config, "..", "token"), "another-token-of-the-portal");
        Assert.True(rig.Services.GetRequiredService<ConfigurationFolder>().Refresh());
        Assert.Equal(HttpStatusCode.Unauthorized, (await portal.GetAsync("/scim/v2/Users")).StatusCode);
    }

    [Fact]
    public async Task Should_be_told_to_wait_after_many_wrong_tokens_while_a_right_one_works()
    {
        await using var rig = await InboundRig.StartAsync();
        using var guesser = rig.Client("a-guess-of-somebody-bad");
        using var portal = rig.Client();
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < FailedAttempts.MostInWindow + 3; i++)
            answers.Add(await guesser.GetAsync("/scim/v2/Users"));
        Assert.Equal(
            [.. Enumerable.Repeat(HttpStatusCode.Unauthorized, FailedAttempts.MostInWindow), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 3)],
            answers.Select(x => x.StatusCode));
        Assert.Equal("Bearer error=\"invalid_token\"", answers[0].Headers.WwwAuthenticate.ToString());
        Assert.Equal(FailedAttempts.Window, answers[^1].Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync("/scim/v2/Users")).StatusCode);
    }

    private static string Changed(string part, string from, string to)
    {
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(part.Replace('-', '+').Replace('_', '/').PadRight((part.Length + 3) / 4 * 4, '=')));
        Assert.Contains(from, text, StringComparison.Ordinal);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string place, string name, string secret, bool asBasic, string grant = "client_credentials")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, place);
        var form = new Dictionary<string, string> { ["grant_type"] = grant };
        if (asBasic)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}")));
        else
            (form["client_id"], form["client_secret"]) = (name, secret);
        request.Content = new FormUrlEncodedContent(form);
        return await client.SendAsync(request);
    }

    public sealed class SharedHost : IAsyncLifetime
    {
        internal InboundRig Rig { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Rig = await InboundRig.StartAsync();

        public ValueTask DisposeAsync() => Rig.DisposeAsync();
    }
}

file static class Asking
{
    /// <summary>As a request asks: by the token itself first.</summary>
    public static async Task<AuthenticatedCaller?> FindAsync(this TokenOwners owners, string token, InboundRig rig) =>
        owners.Find(token) ?? await rig.Services.GetRequiredService<AccessTokens>().FindAsync(token);
}
