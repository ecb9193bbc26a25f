using System.CommandLine;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning plans list | show | approve | reject</c>.</summary>
internal static class PlansCommand
{
    private const string Path = "/api/admin/plans";

    public static Command Build(Option<string> data)
    {
        var id = new Argument<string>("id") { Description = "Id of a plan." };
        return new Command("plans", "Changes that would take more accounts away than the guard allows, and wait for approval.")
        {
            List(data), Show(data, id),
            Decide(data, id, "approve", "Carries the plan out: the accounts are disabled or deleted.", "approved; it is being carried out"),
            Decide(data, id, "reject", "Keeps the accounts until a change would take away others.", "rejected; the accounts stay"),
        };
    }

    private static Command List(Option<string> data)
    {
        var json = Output.JsonOption();
        var list = new Command("list", "Lists the plans that wait, and those that were rejected.") { json, data };
        list.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var plans = (await client.SendAsync(HttpMethod.Get, Path, null, ct))!.AsArray();
            if (result.GetValue(json))
                Output.Json(plans);
            else
                Output.Rows(
                    plans, "no plan waits", ("id", "id"), ("identity provider", "identityProvider"), ("state", "state"), ("accounts lost", "lost"),
                    ("of", "all"), ("revision", "revision"), ("since", "created"));
        }));
        return list;
    }

    private static Command Show(Option<string> data, Argument<string> id)
    {
        var json = Output.JsonOption();
        var show = new Command("show", "Shows who would lose an account, and why.") { id, json, data };
        show.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var plan = (await client.SendAsync(HttpMethod.Get, $"{Path}/{Uri.EscapeDataString(result.GetValue(id)!)}", null, ct))!.AsObject();
            if (result.GetValue(json))
                Output.Json(plan);
            else
                Print(plan);
        }));
        return show;
    }

    private static Command Decide(Option<string> data, Argument<string> id, string verb, string description, string done)
    {
        var decide = new Command(verb, description) { id, data };
        decide.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            await client.SendAsync(HttpMethod.Post, $"{Path}/{Uri.EscapeDataString(result.GetValue(id)!)}/{verb}", null, ct);
            Console.WriteLine(done);
        }));
        return decide;
    }

    private static void Print(JsonObject plan)
    {
        Output.Facts(
            ("plan", plan["id"]!.ToString()), ("identity provider", plan["identityProvider"]!.ToString()), ("state", plan["state"]!.ToString()),
            ("loses", $"{plan["lost"]} of {Output.Count(plan["all"]!.GetValue<long>(), "account")}"), ("revision", plan["revision"]!.ToString()), ("since", plan["created"]!.ToString()));
        var losses = plan["losses"]!.AsArray();
        Output.Rows(losses, "", ("resource", "resource"), ("becomes", "becomes"), ("reason", "reason"));
        if (losses.Count < plan["lost"]!.GetValue<long>())
            Console.WriteLine($"and {plan["lost"]!.GetValue<long>() - losses.Count} more");
    }
}
