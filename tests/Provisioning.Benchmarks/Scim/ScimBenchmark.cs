using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Benchmarks.Flow;

namespace Provisioning.Benchmarks.Scim;

/// <summary>Requests per second of the inbound SCIM server, of users who are provisioned nowhere.</summary>
internal static class ScimBenchmark
{
    private const string File = "scim.md";

    private static readonly (string Name, Func<int, HttpRequestMessage> Request)[] Kinds =
    [
        ("filter userName", i => Get($"Users?filter={Uri.EscapeDataString($"userName eq \"u{i}\"")}")),
        ("filter e-mail", i => Get($"Users?filter={Uri.EscapeDataString($"emails.value eq \"u{i}@example.com\"")}")),
        ("page of 100", i => Get($"Users?count=100&startIndex={i % 5000}")),
    ];

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var users = arguments.Number("--users", 10_000);
        var calls = arguments.Number("--calls", 5000);
        var concurrency = arguments.Number("--concurrency", 16);
        await using var host = await HostUnderTest.StartAsync(null, concurrency);
        using var client = host.Client();

        // Compilation is no part of what is measured.
        await Load.PushAsync(_ => client, "warm", 2000, concurrency);
        var row = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"| {users} |"));
        Add(row, users / (await Load.TimedAsync(() => Load.PushAsync(_ => client, "u", users, concurrency))).TotalSeconds);
        var ids = await IdsAsync(client, Math.Min(users, calls));
        await MeasureAsync(row, client, calls, concurrency, i => Get($"Users/{ids[i % ids.Count]}"));
        foreach (var (name, request) in Kinds)
        {
            // Where no index helps each call reads everybody: a few are enough to see it.
            var some = name == "filter e-mail" && arguments.Has("--slow-filters") ? 20 : name == "page of 100" ? calls / 10 : calls;
            await MeasureAsync(row, client, some, concurrency, i => request(i * 7919 % users));
        }

        await MeasureAsync(row, client, calls, concurrency, i => Patch($"Users/{ids[i % ids.Count]}", i));
        Console.WriteLine(row);
        if (arguments.Has("--write"))
            await System.IO.File.AppendAllTextAsync(Path.Combine(Places.Results, File), $"{row}\n");
        return 0;
    }

    private static async Task MeasureAsync(StringBuilder row, HttpClient client, int calls, int concurrency, Func<int, HttpRequestMessage> request)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency };
        try
        {
            var took = await Load.TimedAsync(() => Parallel.ForEachAsync(Enumerable.Range(0, calls), options, async (i, cancellationToken) =>
            {
                using var message = request(i);
                using var answer = await client.SendAsync(message, cancellationToken);
                answer.EnsureSuccessStatusCode();
            }));
            Add(row, calls / took.TotalSeconds);
        }
        catch (TaskCanceledException)
        {
            // One of them took longer than the client waits.
            row.Append(" – |");
        }
    }

    private static async Task<List<string>> IdsAsync(HttpClient client, int count)
    {
        var ids = new List<string>();
        for (var start = 1; ids.Count < count; start += 500)
        {
            var page = JsonNode.Parse(await client.GetStringAsync($"/scim/v2/Users?count=500&startIndex={start}&attributes=id"))!["Resources"]!.AsArray();
            ids.AddRange(page.Select(x => x!["id"]!.ToString()));
        }

        return ids;
    }

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, $"/scim/v2/{path}");

    private static HttpRequestMessage Patch(string path, int value) => new(HttpMethod.Patch, $"/scim/v2/{path}")
    {
        Content = new StringContent(
            $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"title","value":"t{{value}}"}]}""", Encoding.UTF8, "application/scim+json"),
    };

    private static void Add(StringBuilder row, double rate) => row.Append(CultureInfo.InvariantCulture, $" {rate:F0} |");
}
