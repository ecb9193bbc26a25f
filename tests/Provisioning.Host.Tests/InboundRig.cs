using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Host.Api;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;
using Provisioning.Storage;

namespace Provisioning.Host.Tests;

/// <summary>All that callers can reach of a host, in this process, on a port of its own. Nothing runs in the background.</summary>
internal sealed class InboundRig : IAsyncDisposable
{
    public const string Token = "the-token-of-the-portal";

    private readonly string _root;
    private readonly ProvisioningStorage _storage;
    private readonly WebApplication _app;

    private InboundRig(ProvisioningStorage storage, string root)
    {
        (_storage, _root) = (storage, root);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(new Errors(Logged));
        builder.Services.AddProvisioning(
            new HostSettings(In("config"), In("policies"), In("plugins"), In("data"), ""), storage);
        var gate = new StartGate(TimeProvider.System);
        gate.Open();
        builder.Services.AddSingleton(gate);
        builder.Services.RemoveAll<IHostedService>();
        _app = builder.Build();
        _app.UseApi();
    }

    /// <summary>What was logged as an error.</summary>
    public ConcurrentQueue<string> Logged { get; } = [];

    public ProvisioningStorage Storage => _storage;

    public IServiceProvider Services => _app.Services;

    public string Url => _app.Urls.First();

    public string Config => In("config");

    /// <summary>The token of the portal, or of one of the others.</summary>
    public static string TokenOf(string serviceProvider) => serviceProvider == "portal" ? Token : $"the-token-of-{serviceProvider}-itself";

    /// <param name="others">Service providers beside the portal, each with its settings.</param>
    public static async Task<InboundRig> StartAsync(params (string Name, string Settings)[] others)
    {
        var root = Directory.CreateTempSubdirectory("inbound-").FullName;
        foreach (var folder in (string[])["policies", "plugins", "data", "config/service-providers"])
            Directory.CreateDirectory(Path.Combine(root, folder));
        await File.WriteAllTextAsync(Path.Combine(root, "token"), Token);
        await File.WriteAllTextAsync(Path.Combine(root, "config/service-providers/portal.json"), $$"""
            { "name": "portal", "credentials": [ { "bearerToken": "file:{{Path.Combine(root, "token").Replace('\\', '/')}}" } ] }
            """);
        foreach (var (name, settings) in others)
        {
            await File.WriteAllTextAsync(Path.Combine(root, $"token-{name}"), TokenOf(name));
            await File.WriteAllTextAsync(Path.Combine(root, $"config/service-providers/{name}.json"), $$"""
                { "name": "{{name}}", {{settings}}, "credentials": [ { "bearerToken": "file:{{Path.Combine(root, $"token-{name}").Replace('\\', '/')}}" } ] }
                """);
        }

        var storage = await ProvisioningStorage.OpenSqliteAsync(Path.Combine(root, "data", "provisioning.db"), TimeProvider.System, CancellationToken.None);
        var rig = new InboundRig(storage, root);
        rig._app.Services.GetRequiredService<ConfigurationFolder>().LoadFirst();
        await rig._app.StartAsync();
        return rig;
    }

    /// <summary>A caller with the portal's token, with the host's own one, or with none.</summary>
    public HttpClient Client(string? token = Token)
    {
        var client = new HttpClient { BaseAddress = new Uri(Url) };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public string ResidentToken => File.ReadAllText(Path.Combine(In("data"), "secrets", "resident")).Trim();

    public static async Task<(HttpStatusCode Status, string Body)> SendAsync(
        HttpClient client, string method, string path, byte[] body, string type = "application/scim+json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(body) };

        // A refusal may come before a large body is sent.
        request.Headers.ExpectContinue = body.Length > 1024 * 1024;
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _storage.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    private string In(string folder) => Path.Combine(_root, folder);

    private sealed class Errors(ConcurrentQueue<string> logged) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                logged.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
