using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Provisioning.Benchmarks.Flow;

/// <summary>
/// A SCIM target that does as little as a target can: it reads the user, refuses a second one of the name, gives an id. It tells when a
/// name arrived, by the clock that the processes of one machine share.
/// </summary>
internal static class FastTarget
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var names = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var refused = 0;
        var delay = arguments.Number("--delay-ms", 0);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{arguments.Number("--port", 0)}");
        var app = builder.Build();
        app.MapGet("/count", () => names.Count);
        app.MapGet("/refused", () => refused);
        app.MapGet("/arrival/{name}", (string name) => names.GetValueOrDefault(name));
        app.MapPost("/reset", () => names.Clear());
        app.MapPost("/scim/v2/Users", async (HttpContext http) =>
        {
            var user = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!.AsObject();
            var arrived = Stopwatch.GetTimestamp();
            if (delay > 0)
                await Task.Delay(delay, http.RequestAborted);
            var id = Guid.CreateVersion7().ToString();
            if (!names.TryAdd(user["userName"]!.ToString(), arrived))
            {
                Interlocked.Increment(ref refused);
                return Results.Text("""{"status":"409","scimType":"uniqueness"}""", "application/scim+json", statusCode: 409);
            }

            user["id"] = id;
            return Results.Text(user.ToJsonString(), "application/scim+json", statusCode: 201);
        });
        await app.RunAsync();
        return 0;
    }
}
