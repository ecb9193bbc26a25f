using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning status</c>.</summary>
internal static class StatusCommand
{
    private static readonly string[] Statuses = ["pending", "done", "parked", "detached", "discarded"];

    public static Command Build(Option<string> data)
    {
        var json = Output.JsonOption();
        var command = new Command("status", "Shows revisions, problems, plugins and counts of the running host.") { json, data };
        command.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var status = (await client.SendAsync(HttpMethod.Get, "/api/admin/status", null, ct))!.AsObject();
            if (result.GetValue(json))
                Output.Json(status);
            else
                Print(status);
        }));
        return command;
    }

    private static void Print(JsonObject status)
    {
        var plans = status["heldPlans"]!.GetValue<int>();
        Output.Facts(
            ("configuration", Revision(status["configuration"]!)),
            ("policies", Revision(status["policies"]!)),
            ("plans that wait", plans == 0 ? null : $"{plans}; see 'provisioning plans list'"));
        foreach (var problem in Problems(status["configuration"]!).Concat(Problems(status["policies"]!)))
            Console.WriteLine($"  problem: {problem}");
        foreach (var problem in Problems(status["database"]!))
            Console.WriteLine($"  problem: {problem}");
        foreach (var warning in Warnings(status["configuration"]!).Concat(Warnings(status["policies"]!)))
            Console.WriteLine($"  warning: {warning}");
        Console.WriteLine();
        Output.Rows(status["plugins"]!.AsArray(), "no plugins", ("plugin", "id"), ("folder", "folder"), ("version", "version"), ("state", "state"), ("reason", "reason"));
        Console.WriteLine();
        Output.Rows(
            Counts(status["assignments"]!.AsArray()), "no assignments yet", ("identity provider", "identityProvider"), ("pending", "pending"), ("done", "done"),
            ("parked", "parked"), ("detached", "detached"), ("discarded", "discarded"));
    }

    private static string Revision(JsonNode part) => Problems(part).Any()
        ? $"revision {part["revision"]} is in force; the newest is not, because of the problems below"
        : $"revision {part["revision"]}";

    private static IEnumerable<string> Problems(JsonNode part) => part["problems"]!.AsArray().Select(x => x!.ToString());

    private static IEnumerable<string> Warnings(JsonNode part) => part["warnings"]!.AsArray().Select(x => x!.ToString());

    private static JsonArray Counts(JsonArray counts) => new([.. counts.GroupBy(x => x!["identityProvider"]!.ToString()).Select(group =>
    {
        var row = new JsonObject { ["identityProvider"] = group.Key };
        foreach (var name in Statuses)
            row[name] = group.FirstOrDefault(x => Is(x, name))?["count"]?.GetValue<long>().ToString(CultureInfo.InvariantCulture);
        return row;
    })]);

    private static bool Is(JsonNode? count, string status) => JsonNamingPolicy.CamelCase.ConvertName(count!["status"]!.ToString()) == status;
}
