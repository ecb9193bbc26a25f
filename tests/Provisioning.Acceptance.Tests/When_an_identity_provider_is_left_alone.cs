using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Provisioning.Acceptance.Tests;

/// <summary>By an operator, or because nothing listens at its address.</summary>
public sealed class When_an_identity_provider_is_left_alone : IAsyncLifetime
{
    private readonly ScratchConfig _config = new();
    private readonly int _port = FreePort();
    private HostProcess _host = null!;
    private HttpClient _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _config.Csv("office");
        _config.IdentityProvider("partner", $$"""
            { "name": "partner", "connector": "scim2", "settings": { "baseUrl": "http://127.0.0.1:{{_port}}/scim/v2", "authentication": { "bearerToken": "generated:partner" } },
              "retry": { "firstDelay": "PT0.1S", "maxDelay": "PT1H", "breakAfter": 2, "maxBreak": "PT1H" } }
            """);
        _config.Portal("""{ "identityProvider": "office" }""", """{ "identityProvider": "partner" }""");
        _host = await new HostProcess(_config.Root, _config.Policies).StartAsync();
        _portal = _host.Client("portal");
    }

    public async ValueTask DisposeAsync()
    {
        _portal.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Should_wait_while_it_is_paused_and_go_on_when_it_is_resumed()
    {
        Assert.Contains("paused", await _host.DoneAsync("idps pause office --reason \"moving house\""), StringComparison.Ordinal);
        var paused = await LineAsync("office");
        Assert.Contains("paused", paused, StringComparison.Ordinal);
        Assert.Contains("moving house", paused, StringComparison.Ordinal);
        await _portal.PostAsync("/scim/v2/Users", ScratchConfig.User("ada"));

        // Its work is there, and nobody touches it, not even after a restart.
        await _host.KillAsync();
        await _host.StartAsync();
        Assert.Contains("paused", await LineAsync("office"), StringComparison.Ordinal);
        Assert.Equal(("pending", "0"), await AssignmentAsync("office") is var waiting ? (waiting["status"]!.ToString(), waiting["attempts"]!.ToString()) : default);

        Assert.Contains("resumed", await _host.DoneAsync("idps resume office"), StringComparison.Ordinal);
        await HostProcess.UntilAsync(async () => (await AssignmentAsync("office"))["status"]!.ToString() == "done");
        Assert.Contains("open", await LineAsync("office"), StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public async Task Should_not_be_called_after_it_failed_too_often_until_somebody_says_that_it_is_well()
    {
        await _portal.PostAsync("/scim/v2/Users", ScratchConfig.User("bob"));
        await HostProcess.UntilAsync(async () => (await _host.ListAsync("identity-providers")).Any(x => x!["name"]!.ToString() == "partner" && x["state"]!.ToString() == "failing"));
        Assert.Contains("failing", await LineAsync("partner"), StringComparison.Ordinal);
        await using var target = Target();
        await target.StartAsync();
        await _host.DoneAsync("idps resume partner");
        await _host.DoneAsync($"assignments retry {(await AssignmentAsync("partner"))["id"]}");
        await HostProcess.UntilAsync(async () => (await AssignmentAsync("partner"))["status"]!.ToString() == "done");
        Assert.Contains("open", await LineAsync("partner"), StringComparison.Ordinal);
    }

    private async Task<string> LineAsync(string name) =>
        (await _host.DoneAsync("idps list")).Split('\n').First(x => x.Contains(name, StringComparison.Ordinal));

    private async Task<JsonObject> AssignmentAsync(string provider) => Assert.Single(await _host.ListAsync($"assignments?identityProvider={provider}"))!.AsObject();

    private WebApplication Target()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{_port}");
        var app = builder.Build();
        app.MapGet("/scim/v2/Users", () => Results.Text("""{ "totalResults": 0, "Resources": [] }""", "application/scim+json"));
        app.MapPost("/scim/v2/Users", async (HttpContext http) =>
        {
            var user = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
            user["id"] = "1";
            return Results.Text(user.ToJsonString(), "application/scim+json", statusCode: 201);
        });
        return app;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
