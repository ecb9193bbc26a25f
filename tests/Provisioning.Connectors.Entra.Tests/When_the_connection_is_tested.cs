namespace Provisioning.Connectors.Entra.Tests;

public sealed class When_the_connection_is_tested : IAsyncDisposable
{
    private readonly EntraTarget _target = new();

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Fact]
    public async Task Should_find_nothing_wrong_with_a_certificate() => Assert.Null(await TestAsync(settings =>
        (settings.ClientSecret, settings.ClientCertificate) = (null, new Secret(FakeEntra.Certificate(_target.Time.GetUtcNow())))));

    [Theory]
    [InlineData("AADSTS7000215", "the client secret is wrong")]
    [InlineData("AADSTS7000222", "the client secret has expired")]
    [InlineData("AADSTS90002", "there is no such tenant")]
    [InlineData("AADSTS53003", "a conditional access policy keeps the application out")]
    public async Task Should_say_what_the_token_service_means(string code, string expected)
    {
        _target.Entra.LoginError = code;
        Assert.StartsWith(expected, await TestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_name_the_permissions_that_are_missing()
    {
        _target.Entra.Consented = false;
        Assert.StartsWith("the application lacks a permission: grant User.ReadWrite.All", await TestAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("global", "https://graph.microsoft.com/", "https://login.microsoftonline.com/")]
    [InlineData("usGovernment", "https://graph.microsoft.us/", "https://login.microsoftonline.us/")]
    [InlineData("usGovernmentDod", "https://dod-graph.microsoft.us/", "https://login.microsoftonline.us/")]
    [InlineData("china", "https://microsoftgraph.chinacloudapi.cn/", "https://login.chinacloudapi.cn/")]
    public void Should_know_the_clouds(string cloud, string graph, string login)
    {
        var known = EntraCloud.For(new EntraSettings { Cloud = cloud });
        Assert.Equal((graph, login, graph.TrimEnd('/') + "/.default"), (known.Graph.AbsoluteUri, known.Login.AbsoluteUri, known.Scope));
    }

    [Fact]
    public void Should_refuse_a_certificate_that_is_none()
    {
        var failure = Assert.Throws<ConnectorException>(() => _target.Connect(settings => settings.ClientCertificate = new Secret("-----BEGIN NOTHING-----")));
        Assert.Equal("clientCertificate is no certificate with an RSA private key in PEM", failure.Message);
    }

    private async Task<string?> TestAsync(Action<EntraSettings>? change = null)
    {
        await using var connector = _target.Connect(change);
        return await connector.TestAsync(_target.Context, default);
    }
}
