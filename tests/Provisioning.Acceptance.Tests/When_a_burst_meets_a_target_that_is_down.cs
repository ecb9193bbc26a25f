using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Provisioning.Testing;

namespace Provisioning.Acceptance.Tests;

public sealed class When_a_burst_meets_a_target_that_is_down
{
    private const int Users = 10_000;

    // A minute by itself: the slower suites run it.
    [Fact(Explicit = true)]
    public async Task Should_keep_one_trigger_and_drain_fully_when_the_target_returns()
    {
        var port = FreePort();
        await using var host = new HostProcess(Configuration(port)) { LivesLong = true };
        await host.StartAsync();
        using var portal = host.Client("portal");
        await Parallel.ForEachAsync(Enumerable.Range(0, Users), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, ct) =>
        {
            var body = new StringContent(new JsonObject { ["userName"] = $"burst{i}" }.ToJsonString(), Encoding.UTF8, "application/scim+json");
            Assert.Equal(HttpStatusCode.Created, (await portal.PostAsync("/scim/v2/Users", body, ct)).StatusCode);
        });
        Assert.InRange(Triggers(host), 0, 1);

        var names = new ConcurrentDictionary<string, int>();
        await using var target = Target(port, names);
        await target.StartAsync();
        await HostProcess.EventuallyAsync(() => Task.FromResult<JsonNode?>(names.Count == Users ? JsonValue.Create(true) : null));
        Assert.All(names, x => Assert.Equal(1, x.Value));
    }

    private static string Configuration(int port)
    {
        var folder = TestFolder.Create();
        Directory.CreateDirectory(Path.Combine(folder, "service-providers"));
        Directory.CreateDirectory(Path.Combine(folder, "identity-providers"));
        File.WriteAllText(Path.Combine(folder, "service-providers", "portal.json"), """{ "name": "portal", "credentials": [ { "bearerToken": "generated:portal" } ], "outboundProvisioning": [ { "identityProvider": "partner" } ] }""");
        File.WriteAllText(Path.Combine(folder, "identity-providers", "partner.json"), $$"""
            { "name": "partner", "connector": "scim2", "settings": { "baseUrl": "http://127.0.0.1:{{port}}/scim/v2", "authentication": { "bearerToken": "generated:partner" } },
              "retry": { "firstDelay": "PT1S", "maxDelay": "PT5S" }, "limits": { "concurrency": 32 } }
            """);
        return folder;
    }

    // One answer for every create; how often each name came is what the test judges by.
    private static WebApplication Target(int port, ConcurrentDictionary<string, int> names)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.MapPost("/scim/v2/Users", async (HttpContext http) =>
        {
            var user = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
            names.AddOrUpdate(user["userName"]!.ToString(), 1, (_, count) => count + 1);
            user["id"] = Guid.NewGuid().ToString();
            return Results.Text(user.ToJsonString(), "application/scim+json", statusCode: 201);
        });
        return app;
    }

    private static long Triggers(HostProcess host)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(host.Data, "schedule.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM QRTZ_TRIGGERS WHERE TRIGGER_GROUP = 'drain'";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
