using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning assignments list | show | retry | park</c>.</summary>
internal static class AssignmentsCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly string[] Columns = ["id", "identityProvider", "resource", "desired", "status", "accountId", "error"];

    public static Command Build(Option<string> data)
    {
        var provider = new Option<string?>("--identity-provider") { Description = "Only at this identity provider." };
        var status = new Option<string?>("--status") { Description = "Only with this status." };
        status.AcceptOnlyFromAmong("pending", "done", "parked", "detached");
        var resource = new Option<string?>("--user") { Description = "Only of this user name or group." };
        var id = new Argument<string>("id") { Description = "Id of an assignment." };
        var some = new Argument<string?>("id") { Description = "Id of an assignment; without it, all parked ones.", Arity = ArgumentArity.ZeroOrOne };

        var list = new Command("list", "Lists assignments and the cause of their state.") { provider, status, resource, data };
        list.SetAction((result, ct) => With(result.GetValue(data)!, async client =>
        {
            var query = Query(("identityProvider", result.GetValue(provider)), ("status", result.GetValue(status)), ("resource", result.GetValue(resource)));
            Print((await client.SendAsync(HttpMethod.Get, "/api/admin/assignments" + query, null, ct))!.AsArray());
        }));
        var show = new Command("show", "Shows one assignment: decision, attributes, every attempt.") { id, data };
        show.SetAction((result, ct) => With(result.GetValue(data)!, async client =>
            Console.WriteLine((await client.SendAsync(HttpMethod.Get, $"/api/admin/assignments/{Uri.EscapeDataString(result.GetValue(id)!)}", null, ct))!.ToJsonString(Indented))));
        var retry = new Command("retry", "Retries now: one, or all parked ones that match.") { some, provider, data };
        retry.SetAction((result, ct) => With(result.GetValue(data)!, async client =>
        {
            var query = Query(("id", result.GetValue(some)), ("identityProvider", result.GetValue(provider)));
            var answer = await client.SendAsync(HttpMethod.Post, "/api/admin/assignments/retry" + query, null, ct);
            Console.WriteLine($"{answer!["retried"]} retried");
        }));
        var park = new Command("park", "Parks one assignment: it is not tried again until somebody retries it.") { id, data };
        park.SetAction((result, ct) => With(result.GetValue(data)!, async client =>
        {
            await client.SendAsync(HttpMethod.Post, $"/api/admin/assignments/{Uri.EscapeDataString(result.GetValue(id)!)}/park", null, ct);
            Console.WriteLine("parked");
        }));
        return new Command("assignments", "What should be where, what is, and why.") { list, show, retry, park };
    }

    private static Task<int> With(string data, Func<HostClient, Task> action) => CommandLine.GuardAsync(async () =>
    {
        using var client = HostClient.Open(data);
        await action(client);
    });

    private static string Query(params (string Name, string? Value)[] parts)
    {
        var set = parts.Where(x => x.Value is not null).Select(x => $"{x.Name}={Uri.EscapeDataString(x.Value!)}").ToList();
        return set.Count == 0 ? "" : "?" + string.Join('&', set);
    }

    private static void Print(JsonArray assignments)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("id", "identity provider", "resource", "desired", "status", "account", "cause");
        foreach (var assignment in assignments.OfType<JsonObject>())
            table.AddRow(Columns
                .Select(x => Markup.Escape(assignment[x]?.ToString() ?? "")).ToArray());
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 400;
        AnsiConsole.Write(table);
    }
}
