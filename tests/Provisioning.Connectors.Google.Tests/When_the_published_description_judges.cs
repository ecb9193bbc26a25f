using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Google.Tests;

/// <summary>
/// Every request of the connector and every answer of the fake server pass a proxy that knows Google's own description of the
/// Directory API and refuses what is not in it. Needs <c>GOOGLE_CONTRACT</c> and <c>PRISM</c>; see tests/google-contract/run.sh.
/// </summary>
public sealed class When_the_published_description_judges : IAsyncLifetime
{
    private readonly GoogleTarget _target = new(realTime: true);
    private readonly ConcurrentQueue<string> _said = new();
    private Process? _prism;
    private IPEndPoint? _proxy;

    public async ValueTask InitializeAsync()
    {
        var description = Environment.GetEnvironmentVariable("GOOGLE_CONTRACT");
        var prism = Environment.GetEnvironmentVariable("PRISM");
        Assert.SkipWhen(description is null || prism is null, "needs GOOGLE_CONTRACT and PRISM");
        _proxy = FreePort();
        string[] arguments = ["proxy", "-h", "127.0.0.1", "-p", $"{_proxy.Port}", "--errors", description!, _target.Google.Url];
        _prism = Process.Start(new ProcessStartInfo(prism!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _prism.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _prism.BeginOutputReadLine();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await ListensAsync(_proxy))
            await Task.Delay(200, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        // Shown with a test that fails: which rule was broken, and where.
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(Environment.NewLine, _said.Where(line => line.Contains("iolation", StringComparison.Ordinal))));
        _prism?.Kill(entireProcessTree: true);
        _prism?.Dispose();
        await _target.DisposeAsync();
    }

    [Fact]
    public async Task Should_find_nothing_wrong_with_users()
    {
        await using var connector = _target.Connect(settings => settings.CreateOrgUnits = true, _proxy);
        var context = _target.Context;
        Assert.Null(await connector.TestAsync(context, default));
        var account = When_users_are_provisioned.Ada("""
            {"orgUnitPath":"/Staff/Lab","aliases":["byron@corp.example"],"recoveryEmail":"ada@home.example",
            "externalIds":[{"value":"E1","type":"organization"}],"phones":[{"value":"+43 1","type":"work","primary":true}],
            "organizations":[{"title":"Engineer","department":"R&D","primary":true,"type":"work"}],"relations":[{"value":"boss@corp.example","type":"manager"}]}
            """);
        var created = await connector.CreateAsync(account, context, default);
        var key = new MatchKey(account.OwnershipMarker, "ada") { Attributes = account.Attributes };
        Assert.Equal(created.Id, Assert.Single(await connector.FindAsync(ResourceType.User, key, context, default)).Account.Id);
        AttributeChange[] changes = [new("name", "familyName", "King"), new("phones", null, null), new("recoveryEmail", null, null), new("externalIds", null, null)];
        await connector.UpdateAsync(created.Id, new AccountDelta(changes, []), context, default);
        await connector.SetPasswordAsync(created.Id, new Secret("another-password"), context, default);
        await connector.SetEnabledAsync(created.Id, false, context, default);
        await connector.SetEnabledAsync(created.Id, true, context, default);
        Assert.Equal(1, await connector.ListAsync(ResourceType.User, context, default).CountAsync());
        Assert.NotEmpty(await connector.DescribeAsync(ResourceType.User, context, default));
        await connector.DeleteAsync(created.Id, context, default);
        Assert.Equal(created.Id, (await connector.CreateAsync(account, context, default)).Id);
        Assert.DoesNotContain(_target.Log, line => line.Contains("422", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_find_nothing_wrong_with_groups()
    {
        await using var connector = _target.Connect(by: _proxy);
        var context = _target.Context;
        var user = await connector.CreateAsync(When_users_are_provisioned.Ada(), context, default);
        var group = await connector.CreateGroupAsync(new NewAccount("g-1", new JsonObject { ["displayName"] = "Sales" }), [user.Id], context, default);
        Assert.Single(await connector.FindAsync(ResourceType.Group, new MatchKey("g-1", "Sales"), context, default));
        var delta = new AccountDelta([new("description", null, "who sells")], []);
        await connector.UpdateGroupAsync(group.Id, delta, new MembershipDelta([user.Id], []), context, default);
        Assert.Equal([user.Id], await connector.ListMembersAsync(group.Id, context, default).ToListAsync());
        await connector.UpdateGroupAsync(group.Id, null, new MembershipDelta([], [user.Id]), context, default);
        Assert.Equal(1, await connector.ListAsync(ResourceType.Group, context, default).CountAsync());
        await connector.DeleteGroupAsync(group.Id, context, default);
    }

    [Theory]
    [InlineData("""{"primaryEmail":"a@corp.example","name":{"givenName":"A","familyName":"A"},"password":"long-enough","suspendedd":true}""")]
    [InlineData("""{"primaryEmail":"a@corp.example","name":{"givenName":"A","familyName":"A"}}""")]
    [InlineData("""{"primaryEmail":"a@corp.example","name":{"givenName":"A","familyName":"A"},"password":"long-enough","suspended":"no"}""")]
    public async Task Should_really_judge(string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{_proxy}/admin/directory/v1/users");
        request.Headers.Authorization = new("Bearer", "x");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Empty(_target.Google.Requests);
    }

    private static IPEndPoint FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    private static async Task<bool> ListensAsync(IPEndPoint address)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
