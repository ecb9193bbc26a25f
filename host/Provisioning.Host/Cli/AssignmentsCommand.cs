using System.CommandLine;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning assignments list | show | retry | park</c>.</summary>
internal static class AssignmentsCommand
{
    private const string Path = "/api/admin/assignments";

    public static Command Build(Option<string> data)
    {
        var provider = new Option<string?>("--identity-provider") { Description = "Only at this identity provider." };
        var id = new Argument<string>("id") { Description = "Id of an assignment, or the beginning of it." };
        return new Command("assignments", "What should be where, what is, and why.")
        {
            List(data, provider), Show(data, id), Retry(data, id), Park(data, id),
        };
    }

    private static Command List(Option<string> data, Option<string?> provider)
    {
        var status = new Option<string?>("--status") { Description = "Only with this status." };
        status.AcceptOnlyFromAmong("pending", "done", "parked", "detached", "discarded");
        var resource = new Option<string?>("--user") { Description = "Only of this user name or group." };
        var max = new Option<int>("--max") { Description = "At most so many.", DefaultValueFactory = _ => 100 };
        var json = Output.JsonOption();
        var list = new Command("list", "Lists assignments and the cause of their state.") { provider, status, resource, max, json, data };
        list.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var query = HostClient.Query(
                ("identityProvider", result.GetValue(provider)), ("status", result.GetValue(status)), ("resource", result.GetValue(resource)), ("max", $"{result.GetValue(max)}"));
            var found = (await client.SendAsync(HttpMethod.Get, Path + query, null, ct))!.AsArray();
            if (result.GetValue(json))
                Output.Json(found);
            else
                Output.Rows(
                    Leaving.Show(found, TimeProvider.System.GetUtcNow()), WhenNone(result.GetValue(resource)), ("id", "id"), ("identity provider", "identityProvider"),
                    ("resource", "resource"), ("desired", "desired"), ("status", "status"), ("due", "due"), ("account", "accountId"), ("cause", "error"));
            if (!result.GetValue(json) && found.Count == result.GetValue(max))
                Console.WriteLine($"the first {found.Count}; there may be more: --max N, or narrow it down");
        }));
        return list;
    }

    private static string WhenNone(string? resource) =>
        resource is null ? "no assignments" : $"'{resource}' has no assignments; 'provisioning explain {resource}' says why";

    private static Command Show(Option<string> data, Argument<string> id)
    {
        var json = Output.JsonOption();
        var show = new Command("show", "Shows one assignment: decision, attributes, every attempt.") { id, json, data };
        show.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var found = (await client.SendAsync(HttpMethod.Get, $"{Path}/{Uri.EscapeDataString(result.GetValue(id)!)}", null, ct))!.AsObject();
            if (result.GetValue(json))
                Output.Json(found);
            else
                AssignmentDetails.Print(found);
        }));
        return show;
    }

    private static Command Retry(Option<string> data, Argument<string> id)
    {
        var retry = new Command("retry", "Retries one now, parked or pending. Ends a grace period, too.") { id, data };
        retry.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var answer = await client.SendAsync(HttpMethod.Post, $"{Path}/{Uri.EscapeDataString(result.GetValue(id)!)}/retry", null, ct);
            Console.WriteLine($"{answer!["retried"]} retried");
        }));
        return retry;
    }

    private static Command Park(Option<string> data, Argument<string> id)
    {
        var park = new Command("park", "Parks one assignment: it is not tried again until somebody retries it.") { id, data };
        park.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            await client.SendAsync(HttpMethod.Post, $"{Path}/{Uri.EscapeDataString(result.GetValue(id)!)}/park", null, ct);
            Console.WriteLine("parked");
        }));
        return park;
    }
}
