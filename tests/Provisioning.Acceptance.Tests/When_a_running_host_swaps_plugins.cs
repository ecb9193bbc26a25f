using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Provisioning.Acceptance.Tests;

/// <summary>
/// Drops new versions of the CSV plugin into the folder of a running host while users change without pause. Three versions by default;
/// <c>HOT_SWAPS=100</c> is the stress run whose figures are in <c>plugins/README.md</c>.
/// </summary>
public sealed class When_a_running_host_swaps_plugins : IDisposable
{
    private const int Users = 100;

    private static readonly int Swaps = int.TryParse(Environment.GetEnvironmentVariable("HOT_SWAPS"), out var swaps) ? swaps : 3;

    private readonly string _root = Directory.CreateTempSubdirectory("hot-swaps-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Plugins => Path.Combine(_root, "plugins");

    // A minute by itself: the slower suites run it.
    [Fact(Explicit = true)]
    public async Task Should_finish_every_assignment_and_not_grow()
    {
        LayOut();
        await using var host = new HostProcess(Path.Combine(_root, "config"), plugins: Plugins);
        await host.StartAsync();
        using var portal = host.Client("portal");
        var ids = new List<string>();
        for (var i = 0; i < Users; i++)
            ids.Add(await CreateAsync(portal, $"user{i}"));

        using var stop = new CancellationTokenSource();
        var changing = ChangeAsync(portal, ids, stop.Token);
        for (var swap = 1; swap <= Swaps; swap++)
        {
            WriteManifest(swap);
            await host.WaitForOutputAsync($"0.1.{swap} is ready");
            if (swap % 10 == 0 || swap == Swaps)
                TestContext.Current.TestOutputHelper?.WriteLine($"{swap} swaps: {ResidentMegabytes(host)} MB");
        }

        await stop.CancelAsync();
        var changes = await changing;
        await DoneAsync(host);
        TestContext.Current.TestOutputHelper?.WriteLine($"{changes} changes of {Users} users");
        Assert.Equal(0, await CountAsync(host, "SELECT count(*) FROM assignments WHERE status <> 1"));
        Assert.Equal(0, await CountAsync(host, "SELECT count(*) FROM attempts WHERE failure IS NOT NULL"));

        // Each user ends with the text of the last change.
        var rows = await File.ReadAllLinesAsync(Path.Combine(host.Data, "accounts.csv"), Token);
        Assert.Equal(Users + 1, rows.Length);
        for (var i = 0; i < Users; i++)
            Assert.Contains(rows, x => x.Contains($",user{i},", StringComparison.Ordinal) && x.Contains($"text {(changes - 1 - i) / Users}", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static async Task<string> CreateAsync(HttpClient portal, string name)
    {
        using var user = Scim($$"""{ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{{name}}" }""");
        var answer = await portal.PostAsync("/scim/v2/Users", user, Token);
        return JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Token))!["id"]!.ToString();
    }

    private static async Task<int> ChangeAsync(HttpClient portal, List<string> ids, CancellationToken stop)
    {
        var changes = 0;
        while (!stop.IsCancellationRequested)
        {
            using var patch = Scim($$"""
                { "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                  "Operations": [ { "op": "replace", "path": "displayName", "value": "text {{changes / ids.Count}}" } ] }
                """);
            (await portal.PatchAsync($"/scim/v2/Users/{ids[changes % ids.Count]}", patch, Token)).EnsureSuccessStatusCode();
            changes++;
            await Task.Delay(20, Token);
        }

        return changes;
    }

    private static Task<JsonNode> DoneAsync(HostProcess host) => HostProcess.EventuallyAsync(
        async () => await CountAsync(host, "SELECT count(*) FROM assignments WHERE status = 0") == 0 ? JsonValue.Create(true) : null);

    private static async Task<long> CountAsync(HostProcess host, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(host.Data, "provisioning.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private static long ResidentMegabytes(HostProcess host)
    {
        using var process = Process.GetProcessById(host.Id);
        return process.WorkingSet64 / 1024 / 1024;
    }

    private static StringContent Scim(string text) => new(text, Encoding.UTF8, "application/scim+json");

    private void LayOut()
    {
        Directory.CreateDirectory(Path.Combine(Plugins, "csv"));
        foreach (var file in Directory.GetFiles(Path.Combine(HostProcess.Folder, "plugins", "csv")))
            File.Copy(file, Path.Combine(Plugins, "csv", Path.GetFileName(file)));
        WriteManifest(0);
        Directory.CreateDirectory(Path.Combine(_root, "config", "service-providers"));
        Directory.CreateDirectory(Path.Combine(_root, "config", "identity-providers"));
        File.WriteAllText(
            Path.Combine(_root, "config", "service-providers", "portal.json"),
            """{ "name": "portal", "credentials": [ { "bearerToken": "generated:portal" } ], "outboundProvisioning": [ { "identityProvider": "files" } ] }""");
        File.WriteAllText(
            Path.Combine(_root, "config", "identity-providers", "files.json"),
            """{ "name": "files", "connector": "csv", "settings": { "path": "accounts.csv" } }""");
    }

    private void WriteManifest(int version) => File.WriteAllText(
        Path.Combine(Plugins, "csv", "plugin.json"),
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{ "id": "csv", "version": "0.1.{{version}}", "contract": "1.0", "entryAssembly": "Provisioning.Connectors.Csv.dll", "connectors": ["csv", "jsonl"] }"""));
}
