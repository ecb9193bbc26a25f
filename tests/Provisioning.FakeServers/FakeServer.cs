using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Provisioning.FakeServers;

/// <summary>A real HTTP server with a state of its own, for a system that cannot run here. Requests are handled one at a time.</summary>
public abstract class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];

    protected FakeServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
        ((IHost)_app).Start();
    }

    /// <summary>The address without a slash at the end.</summary>
    public string Url => _app.Urls.First();

    public IPEndPoint EndPoint => new(IPAddress.Loopback, new Uri(Url).Port);

    /// <summary>Every request that arrived.</summary>
    public ConcurrentQueue<Received> Requests { get; } = new();

    /// <summary>Answers in place of the server, which then does nothing; null for a request that the server is to answer.</summary>
    public Func<Received, RawAnswer?>? Instead { get; set; }

    public void Break(Fault fault)
    {
        lock (_gate)
            _faults.Add(fault);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Does what is asked and says so. Only one request at a time gets here.</summary>
    protected abstract Answer Answer(Received request);

    private async Task HandleAsync(HttpContext http)
    {
        var request = await ReadAsync(http);
        Requests.Enqueue(request);
        if (Instead?.Invoke(request) is { } raw)
        {
            await raw.WriteAsync(http);
            return;
        }

        Answer answer;
        Fault? fault;
        lock (_gate)
        {
            fault = _faults.Find(candidate => candidate.IsFor(request));
            if (fault is not null)
                _faults.Remove(fault);
            answer = fault?.Instead ?? Answer(request);
        }

        if (fault is { LosesAnswer: true })
            http.Abort();
        else
            await WriteAsync(http, answer);
    }

    private static async Task<Received> ReadAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        // The path as it was sent: a decoded one could not tell a slash in an id from one between segments.
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        // Through a proxy the whole address is sent.
        if (Uri.TryCreate(target, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp)
            target = address.PathAndQuery;
        return new Received(
            http.Request.Method, target.Split('?')[0], http.Request.QueryString.Value ?? "", await reader.ReadToEndAsync(), http.Request.ContentType,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
    }

    private static Task WriteAsync(HttpContext http, Answer answer)
    {
        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            http.Response.Headers[name] = value;
        if (answer.Body is null)
            return Task.CompletedTask;
        http.Response.ContentType = "application/json; charset=UTF-8";
        return http.Response.WriteAsync(answer.Body.ToJsonString());
    }
}
