using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Provisioning.Connectors.Scim.Tests;

/// <summary>A real HTTP server whose answers a test writes, and which records what it was asked.</summary>
internal sealed class FakeTarget : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<Received, HttpContext, Task> _answer;

    private FakeTarget(WebApplication app, Func<Received, HttpContext, Task> answer) => (_app, _answer) = (app, answer);

    public ConcurrentQueue<Received> Requests { get; } = new();

    public string Url => _app.Urls.First();

    public static async Task<FakeTarget> StartAsync(Func<Received, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var target = new FakeTarget(builder.Build(), answer);
        target._app.Run(target.HandleAsync);
        await target._app.StartAsync();
        return target;
    }

    public static Task<FakeTarget> StartAsync(int status, string body = "", string type = "application/scim+json", params (string, string)[] headers) =>
        StartAsync((_, http) =>
        {
            foreach (var (name, value) in headers)
                http.Response.Headers[name] = value;
            return WriteAsync(http, status, body, type);
        });

    public static Task WriteAsync(HttpContext http, int status, string body = "", string type = "application/scim+json")
    {
        http.Response.StatusCode = status;
        if (body.Length == 0)
            return Task.CompletedTask;
        http.Response.ContentType = type;
        return http.Response.WriteAsync(body);
    }

    public ScimConnector Connect(Action<ScimSettings>? change = null)
    {
        // These tests count requests; asking what the target can do is tested elsewhere.
        var settings = new ScimSettings { BaseUrl = Url + "/scim/", Switches = new() { Discovery = false }, Authentication = new() { BearerToken = new Secret("s3cret") } };
        change?.Invoke(settings);
        return (ScimConnector)((IConnectorFactory)new ScimConnectorFactory()).Create(settings, new ConnectorContext("t", ".", TimeProvider.System));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var received = new Received(
            http.Request.Method, http.Request.Path + http.Request.QueryString, await reader.ReadToEndAsync(),
            http.Request.Headers.Authorization.ToString(), http.Request.ContentType);
        Requests.Enqueue(received);
        await _answer(received, http);
    }
}

internal sealed record Received(string Method, string Path, string Body, string Authorization, string? ContentType);
