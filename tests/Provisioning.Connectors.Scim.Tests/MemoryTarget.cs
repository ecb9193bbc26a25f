using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Provisioning.FakeServers;
using Provisioning.Scim;
using Provisioning.Testing;

namespace Provisioning.Connectors.Scim.Tests;

/// <summary>A SCIM 2.0 server over HTTP that keeps what it is sent, and is strict by its rules.</summary>
internal sealed class MemoryTarget : IHttpTarget, IAsyncDisposable
{
    public const string Token = "memory-target-token-5f2c";

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private Func<HttpRequest, RawAnswer?>? _instead;

    private MemoryTarget(WebApplication app, TargetRules rules) => (_app, Resources) = (app, new MemoryResources(rules));

    public MemoryResources Resources { get; }

    /// <summary>What was asked, as "METHOD path", without the base path.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public IPEndPoint EndPoint => IPEndPoint.Parse(new Uri(_app.Urls.First()).Authority);

    public static async Task<MemoryTarget> StartAsync(TargetRules? rules = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var target = new MemoryTarget(builder.Build(), rules ?? new TargetRules());
        target._app.Run(target.HandleAsync);
        await target._app.StartAsync();
        return target;
    }

    public ScimConnector Connect(string dialect = "standard", DialectSwitches? switches = null, TimeProvider? time = null)
    {
        var settings = new ScimSettings
        {
            BaseUrl = $"http://{EndPoint}/scim", Dialect = dialect, Switches = switches ?? new(), Authentication = new() { BearerToken = new Secret(Token) },
        };
        IConnectorFactory factory = new ScimConnectorFactory();
        return (ScimConnector)factory.Create(settings, new ConnectorContext("test", ".", time ?? TimeProvider.System));
    }

    public void Answer(RawAnswer answer, bool toReads) => _instead = request => toReads || request.Method != "GET" ? answer : null;

    public IConnector Open(IPEndPoint by)
    {
        var settings = new ScimSettings { BaseUrl = $"http://{by}/scim" };
        return ((IConnectorFactory)new ScimConnectorFactory()).Create(settings, new ConnectorContext("test", ".", TimeProvider.System));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        if (_instead?.Invoke(http.Request) is { } raw)
        {
            await raw.WriteAsync(http);
            return;
        }

        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync();
        MemoryAnswer answer;
        try
        {
            Requests.Enqueue($"{http.Request.Method} {http.Request.Path.Value?.Replace("/scim/", "", StringComparison.Ordinal)}");
            if (http.Request.Headers.Authorization != $"Bearer {Token}")
                throw new ScimException(401, null, "who are you");
            lock (_lock)
                answer = Resources.Answer(http.Request, text);
        }
        catch (ScimException refusal)
        {
            answer = new MemoryAnswer(refusal.Status, ScimMessages.Error(refusal.Status, refusal.ScimType, refusal.Message));
        }

        http.Response.StatusCode = answer.Status;
        if (answer.Version is not null)
            http.Response.Headers.ETag = answer.Version;
        if (answer.Body is null)
            return;
        http.Response.ContentType = "application/scim+json";
        await http.Response.WriteAsync(answer.Body.ToJsonString());
    }
}
