using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Provisioning.Connectors.Testing;

/// <summary>Stands between a connector and a target that speaks HTTP, passes requests on, and answers some of them itself.</summary>
internal sealed class FaultyHttp : IAsyncDisposable
{
    // What belongs to one connection is not passed on.
    private static readonly HashSet<string> OfTheConnection = new(["Host", "Connection", "Transfer-Encoding", "Keep-Alive", "Content-Length"], StringComparer.OrdinalIgnoreCase);

    private readonly WebApplication _app;
    private readonly HttpClient _target;
    private volatile HttpFault? _fault;
    private volatile bool _readsPass;
    private int _faults;

    private FaultyHttp(WebApplication app, IPEndPoint target)
    {
        _app = app;
        _target = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri($"http://{target}") };
    }

    public IPEndPoint EndPoint => IPEndPoint.Parse(new Uri(_app.Urls.First()).Authority);

    /// <summary>How many requests were answered with a fault.</summary>
    public int Faults => _faults;

    public static async Task<FaultyHttp> StartAsync(IPEndPoint target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var proxy = new FaultyHttp(builder.Build(), target);
        proxy._app.Run(proxy.HandleAsync);
        await proxy._app.StartAsync();
        return proxy;
    }

    /// <summary>Answers with a fault from now on.</summary>
    /// <param name="readsPass">Whether requests that only read (GET) still reach the target.</param>
    public void Answer(HttpFault fault, bool readsPass) => (_readsPass, _fault) = (readsPass, fault);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _target.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (_fault is { } fault && !(_readsPass && HttpMethods.IsGet(http.Request.Method)))
            await FailAsync(http, fault, body.ToArray());
        else
            await PassAsync(http, body.ToArray());
    }

    private async Task FailAsync(HttpContext http, HttpFault fault, byte[] request)
    {
        Interlocked.Increment(ref _faults);
        var bytes = fault.Bytes ?? Encoding.UTF8.GetBytes(fault.Echoes ? Echo(http.Request, request) : fault.Body);
        http.Response.StatusCode = fault.Status;
        if (fault.Header is var (name, value))
            http.Response.Headers[name] = value();
        if (bytes.Length > 0)
            http.Response.ContentType = fault.ContentType;
        if (fault.Endless)
        {
            await PourAsync(http, bytes);
            return;
        }

        http.Response.ContentLength = fault.Truncated ? bytes.Length + 1000 : bytes.Length;
        await http.Response.Body.WriteAsync(bytes);
        await http.Response.Body.FlushAsync();
        if (fault.Truncated)
            http.Abort();
    }

    // Until the connector has had enough.
    private static async Task PourAsync(HttpContext http, byte[] drop)
    {
        try
        {
            while (!http.RequestAborted.IsCancellationRequested)
                await http.Response.Body.WriteAsync(drop, http.RequestAborted);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // It had.
        }
    }

    // As a careless target reports an error: with everything it was sent.
    private static string Echo(HttpRequest request, byte[] body)
    {
        var headers = string.Join("; ", request.Headers.Select(header => $"{header.Key}: {header.Value}"));
        var detail = System.Text.Json.JsonEncodedText.Encode($"cannot handle {headers}; {Encoding.UTF8.GetString(body)}");
        return $$"""{ "status": "400", "error": "{{detail}}", "detail": "{{detail}}", "message": "{{detail}}" }""";
    }

    private async Task PassAsync(HttpContext http, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), http.Request.Path.ToUriComponent() + http.Request.QueryString);
        if (body.Length > 0 || http.Request.ContentType is not null)
            request.Content = new ByteArrayContent(body);
        foreach (var header in http.Request.Headers.Where(header => !OfTheConnection.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
        }

        using var response = await _target.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var header in response.Headers.Concat(response.Content.Headers).Where(header => !OfTheConnection.Contains(header.Key)))
            http.Response.Headers[header.Key] = header.Value.ToArray();
        var answer = await response.Content.ReadAsByteArrayAsync(http.RequestAborted);
        if (answer.Length > 0)
            await http.Response.Body.WriteAsync(answer, http.RequestAborted);
    }
}
