using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Provisioning.Acceptance.Tests;

/// <summary>It reaches accounts that are made while the caller waits, and is kept nowhere.</summary>
public sealed class When_a_password_comes_with_a_new_user : IAsyncLifetime
{
    private const string Passwords = "urn:provisioning:scim:passwords";

    private const string Password = "kestrel-over-Bergen-77";

    private readonly ConcurrentQueue<(string Request, string Body)> _received = [];
    private WebApplication _target = null!;
    private HostProcess _host = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _target = builder.Build();
        _target.Run(AnswerAsync);
        await _target.StartAsync();
        var config = new ScratchConfig();
        config.Csv("file");
        foreach (var name in (string[])["awaited", "background"])
            config.IdentityProvider(name, $$"""
                { "name": "{{name}}", "connector": "scim2", "settings": { "baseUrl": "{{_target.Urls.First()}}/{{name}}", "switches": { "discovery": false } },
                  "mapping": { "userName": "user.userName" } }
                """);
        config.Portal(
            """{ "identityProvider": "awaited", "blocking": true, "jit": true }""", """{ "identityProvider": "background", "jit": true }""",
            """{ "identityProvider": "file", "blocking": true, "jit": true }""");
        _host = await new HostProcess(config.Root, config.Policies).StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _target.DisposeAsync();
    }

    [Theory]
    [InlineData("/scim/v2/Users", HttpStatusCode.Created)]
    [InlineData("/api/sign-ins", HttpStatusCode.OK)]
    public async Task Should_reach_the_accounts_that_are_waited_for_and_say_where_it_did_not(string path, HttpStatusCode status)
    {
        using var portal = _host.Client("portal");
        var answer = await portal.PostAsync(path, ScratchConfig.User("ada", $"\"password\": \"{Password}\""));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, answer.StatusCode);
        Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
        var told = JsonNode.Parse(text)![Passwords]!.AsArray().ToDictionary(x => x!["identityProvider"]!.ToString(), x => (x!["set"]!.GetValue<bool>(), x["message"]?.ToString()));
        Assert.Equal((true, null), told["awaited"]);
        Assert.Equal((false, "nobody waits for the account, and a password is not kept until it is made"), told["background"]);
        Assert.Equal((false, "connector 'csv' cannot set passwords"), told["file"]);
        Assert.Contains(_received, x => x.Request.StartsWith("PATCH /awaited/Users/", StringComparison.Ordinal) && x.Body.Contains(Password, StringComparison.Ordinal));

        // An account that is there keeps its password.
        var sent = _received.Count(x => x.Body.Contains(Password, StringComparison.Ordinal));
        await portal.PostAsync("/api/sign-ins", ScratchConfig.User("ada", $"\"password\": \"{Password}\", \"title\": \"x\""));
        Assert.Equal(sent, _received.Count(x => x.Body.Contains(Password, StringComparison.Ordinal)));

        await _host.KillAsync();
        foreach (var file in Directory.EnumerateFiles(_host.Data, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(Password, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, _host.Output, StringComparison.Ordinal);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        _received.Enqueue(($"{http.Request.Method} {http.Request.Path}", body));
        var json = body.Length > 0 ? JsonNode.Parse(body) as JsonObject : null;
        http.Response.ContentType = "application/scim+json";
        switch (http.Request.Method)
        {
            case "POST":
                json!["id"] = $"at-{json["userName"]}";
                http.Response.StatusCode = 201;
                await http.Response.WriteAsync(json.ToJsonString());
                break;
            case "PATCH":
                http.Response.StatusCode = 204;
                break;
            default:
                await http.Response.WriteAsync("""{ "schemas": [ "urn:ietf:params:scim:api:messages:2.0:ListResponse" ], "totalResults": 0, "Resources": [] }""");
                break;
        }
    }
}
