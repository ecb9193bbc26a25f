using System.Net.Http.Headers;
using System.Text.Json;
using Provisioning.Benchmarks.Flow;

namespace Provisioning.Benchmarks.Backlog;

/// <summary>
/// Hosts on one configuration: portals <c>load0..</c> feed the identity providers <c>bulk0..</c> in the background, <c>desk0</c> feeds
/// <c>bulk0</c> while its caller waits, and <c>door</c> and <c>post</c> do both for <c>calm</c>, whose target is never down.
/// </summary>
internal sealed class BacklogHosts : IAsyncDisposable
{
    private const string Token = "benchmark-token";

    private readonly string _folder = Directory.CreateTempSubdirectory("provisioning-backlog-").FullName;
    private readonly List<ChildProcess> _hosts = [];
    private readonly List<string> _urls = [];

    public IReadOnlyList<ChildProcess> Processes => _hosts;

    /// <summary>Of the first host; where the ledger and the clock are if there is no database server.</summary>
    public string Data => Path.Combine(_folder, "data0");

    public static async Task<BacklogHosts> StartAsync(int nodes, int providers, string bulkUrl, string calmUrl, string? database)
    {
        var result = new BacklogHosts();
        for (var i = 0; i < providers; i++)
        {
            result.AddProvider($"bulk{i}", bulkUrl, 32);
            result.AddPortal($"load{i}", $"bulk{i}", blocking: false);
        }

        result.AddPortal("desk0", "bulk0", blocking: true);
        result.AddProvider("calm", calmUrl, 8);
        result.AddPortal("door", "calm", blocking: true);
        result.AddPortal("post", "calm", blocking: false);
        Directory.CreateDirectory(Path.Combine(result._folder, "policies"));
        Environment.SetEnvironmentVariable("BENCHMARK_TOKEN_TARGET", Token);
        for (var i = 0; i < nodes; i++)
            await result.AddHostAsync(i, database);
        return result;
    }

    /// <summary>A portal at one of the hosts.</summary>
    public HttpClient Client(string portal, int host = 0)
    {
        var client = new HttpClient { BaseAddress = new Uri(_urls[host % _urls.Count]), Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{Token}-{portal}");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AddHostAsync(int number, string? database)
    {
        var url = $"http://127.0.0.1:{ChildProcess.FreePort()}";
        var arguments = $"run --config {_folder}/config --policies {_folder}/policies --data {_folder}/data{number} --urls {url}"
            + (database is null ? "" : $" --database \"{database}\"");
        _urls.Add(url);
        _hosts.Add(await ChildProcess.StartAsync(Places.Host, arguments, $"{url}/health/ready"));
    }

    private void AddPortal(string name, string provider, bool blocking)
    {
        var variable = $"BENCHMARK_TOKEN_{name.ToUpperInvariant()}";
        Environment.SetEnvironmentVariable(variable, $"{Token}-{name}");
        Write("service-providers", name, new
        {
            name,
            credentials = new[] { new { bearerToken = $"env:{variable}" } },
            outboundProvisioning = new[] { new { identityProvider = provider, blocking } },
        });
    }

    private void AddProvider(string name, string url, int concurrency) => Write("identity-providers", name, new
    {
        name,
        connector = "scim2",
        limits = new { concurrency },
        settings = new { baseUrl = $"{url}/scim/v2", authentication = new { bearerToken = "env:BENCHMARK_TOKEN_TARGET" } },
    });

    private void Write(string kind, string name, object content)
    {
        var path = Path.Combine(_folder, "config", kind, $"{name}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(content));
    }
}
