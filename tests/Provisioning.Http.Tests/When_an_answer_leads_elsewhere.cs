using Provisioning.Connectors;
using Provisioning.FakeServers;

namespace Provisioning.Http.Tests;

/// <summary>Credentials go to the target and to nobody else, whatever an answer names.</summary>
public sealed class When_an_answer_leads_elsewhere : IAsyncDisposable
{
    private readonly ScriptedServer _target = new(_ => new Answer(200));
    private readonly ScriptedServer _other = new(_ => new Answer(200));

    [Theory]
    [InlineData("{0}/steal")]
    [InlineData("//{1}/steal")]
    [InlineData("\\\\{1}\\steal")]
    [InlineData("\\/{1}/steal")]
    [InlineData("http:\\\\{1}/steal")]
    [InlineData("http://{2}@{1}/steal")]
    [InlineData(" //{1}/steal")]
    [InlineData("https://{2}/steal")]
    [InlineData("http://user:pass@{2}/steal")]
    [InlineData("ftp://{2}/steal")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://[/steal")]
    public async Task Should_send_nothing_there(string form)
    {
        var path = string.Format(null, form, _other.Url, new Uri(_other.Url).Authority, new Uri(_target.Url).Authority);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => SendAsync(path));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Empty(_other.Requests);
        Assert.Empty(_target.Requests);
    }

    [Theory]
    [InlineData("Users/1")]
    [InlineData("/elsewhere?page=2")]
    [InlineData("/\\{1}/page")]
    [InlineData("Users/..%2Fadmin")]
    [InlineData("{0}/scim/Users?page=2")]
    [InlineData("{0}//{1}/page")]
    public async Task Should_ask_the_target_itself(string form)
    {
        await SendAsync(string.Format(null, form, _target.Url, new Uri(_other.Url).Authority));
        Assert.Equal("Bearer token", Assert.Single(_target.Requests).Headers["Authorization"]);
        Assert.Empty(_other.Requests);
    }

    [Theory]
    [InlineData("line\r\nbreak")]
    [InlineData("no\u00e9 ascii")]
    [InlineData("")]
    public async Task Should_say_which_credential_no_header_takes(string token)
    {
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => SendAsync("Users", token));
        Assert.Equal(FailureKind.Misconfigured, failure.Kind);
        Assert.StartsWith("bearerToken is empty or has characters", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("caf\u00e9")]
    [InlineData("line\r\nX-Other: 1")]
    public async Task Should_refuse_a_call_whose_header_cannot_be_sent(string value)
    {
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => SendAsync("Users", headers: new() { ["If-Match"] = value }));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.StartsWith("the header 'If-Match' would have characters that no header takes", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_target.Requests);
    }

    [Fact]
    public async Task Should_say_that_no_header_can_have_such_a_name()
    {
        var authentication = new AuthenticationSettings { HeaderName = "X Key", HeaderValue = new Secret("key") };
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => SendAsync("Users", authentication: authentication));
        Assert.Equal((FailureKind.Misconfigured, "headerName is 'X Key', which cannot be the name of a header"), (failure.Kind, failure.Message));
        Assert.Empty(_target.Requests);
    }

    public async ValueTask DisposeAsync()
    {
        await _target.DisposeAsync();
        await _other.DisposeAsync();
    }

    private async Task<HttpAnswer> SendAsync(
        string path, string token = "token", AuthenticationSettings? authentication = null, Dictionary<string, string>? headers = null)
    {
        var context = new ConnectorContext("t", ".", TimeProvider.System);
        var wire = new HttpWire(new ConnectionSettings(), TimeSpan.FromSeconds(20), context);
        using var transport = new HttpTransport(
            wire, Addresses.ParseBase(_target.Url + "/scim", "baseUrl"), authentication ?? new AuthenticationSettings { BearerToken = new Secret(token) }, context.Time);
        return await transport.SendAsync(new HttpCall(HttpMethod.Get, path) { Headers = headers ?? [] }, TestContext.Current.CancellationToken);
    }
}
