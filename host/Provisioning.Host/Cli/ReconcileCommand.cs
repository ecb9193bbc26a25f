using System.CommandLine;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning idps reconcile | reconciliations</c>.</summary>
internal static class ReconcileCommand
{
    private const int Shown = 50;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(300);

    public static Command Reconcile(Option<string> data, Argument<string> name)
    {
        var mode = new Option<string>("--mode") { Description = "report what differs, repair what is ours, or adopt accounts of our users.", DefaultValueFactory = _ => "report" };
        mode.AcceptOnlyFromAmong("report", "repair", "adopt");
        var force = new Option<bool>("--force") { Description = "Repair even if more is missing than the guard allows." };
        var detach = new Option<bool>("--detach") { Description = "Do not wait for the result." };
        var json = Output.JsonOption();
        var reconcile = new Command("reconcile", "Compares the accounts of an identity provider with what should be there.") { name, mode, force, detach, json, data };
        reconcile.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var query = HostClient.Query(("mode", result.GetValue(mode)), ("force", result.GetValue(force) ? "true" : null));
            var run = (await client.SendAsync(HttpMethod.Post, Path(result.GetValue(name)!) + query, null, ct))!.AsObject();
            if (!result.GetValue(detach))
                run = await WaitAsync(client, result.GetValue(name)!, run["id"]!.ToString(), ct);
            Print(run, result.GetValue(json));
            if (!result.GetValue(detach) && run["state"]!.ToString() != "complete")
                throw new InvalidOperationException($"the reconciliation is {run["state"]}: {run["problem"]}");
        }));
        return reconcile;
    }

    public static Command Reconciliations(Option<string> data, Argument<string> name)
    {
        var id = new Argument<string?>("id") { Description = "Id of one of them, to see what it found.", Arity = ArgumentArity.ZeroOrOne };
        var kind = new Option<string?>("--kind") { Description = "Only findings of this kind." };
        kind.AcceptOnlyFromAmong("missing", "different", "disabled", "enabled", "orphan", "unmatched", "adoptable");
        var max = new Option<int>("--max") { Description = "At most so many.", DefaultValueFactory = _ => Shown };
        var cancel = new Option<bool>("--cancel") { Description = "Ends it, if it is queued or running." };
        var json = Output.JsonOption();
        var list = new Command("reconciliations", "Lists reconciliations of an identity provider, or shows what one of them found.") { name, id, kind, max, cancel, json, data };
        list.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var path = Path(result.GetValue(name)!);
            if (result.GetValue(id) is not { } one)
            {
                List((await client.SendAsync(HttpMethod.Get, $"{path}?max={result.GetValue(max)}", null, ct))!.AsArray(), result.GetValue(json));
                return;
            }

            path += $"/{Uri.EscapeDataString(one)}";
            if (result.GetValue(cancel))
                await client.SendAsync(HttpMethod.Post, path + "/cancel", null, ct);
            var query = HostClient.Query(("kind", result.GetValue(kind)), ("max", $"{result.GetValue(max)}"));
            Print((await client.SendAsync(HttpMethod.Get, path + query, null, ct))!.AsObject(), result.GetValue(json));
        }));
        return list;
    }

    private static string Path(string name) => $"/api/admin/identity-providers/{Uri.EscapeDataString(name)}/reconciliations";

    private static async Task<JsonObject> WaitAsync(HostClient client, string name, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var run = (await client.SendAsync(HttpMethod.Get, $"{Path(name)}/{id}?max={Shown}", null, cancellationToken))!.AsObject();
            if (run["finished"] is not null)
                return run;
            await Task.Delay(LookAgain, cancellationToken);
        }
    }

    private static void List(JsonArray runs, bool json)
    {
        foreach (var run in runs.OfType<JsonObject>().Where(_ => !json))
            run["found"] = Found(run);
        if (json)
            Output.Json(runs);
        else
            Output.Rows(
                runs, "never reconciled", ("id", "id"), ("mode", "mode"), ("state", "state"), ("requested by", "requestedBy"), ("started", "started"), ("listed", "listed"),
                ("found", "found"), ("acted on", "actedOn"), ("problem", "problem"));
    }

    private static void Print(JsonObject run, bool json)
    {
        if (json)
        {
            Output.Json(run);
            return;
        }

        Output.Facts(
            ("reconciliation", run["id"]!.ToString()), ("identity provider", run["identityProvider"]!.ToString()), ("mode", run["mode"]!.ToString()),
            ("state", run["state"]!.ToString()), ("problem", run["problem"]?.ToString()), ("started", run["started"]?.ToString()), ("finished", run["finished"]?.ToString()),
            ("listed", run["listed"]!.ToString()), ("changed by us meanwhile", run["inMotion"]!.ToString()), ("found", Found(run)), ("acted on", run["actedOn"]!.ToString()));
        if (run["findings"] is not JsonArray { Count: > 0 } findings)
            return;
        Console.WriteLine();
        Output.Rows(
            findings, "", ("kind", "kind"), ("resource", "resource"), ("account", "accountId"), ("attribute", "attribute"), ("ours", "ours"), ("theirs", "theirs"), ("detail", "detail"));
        var all = run["counts"]!.AsObject().Sum(x => x.Value!.GetValue<long>());
        if (all > findings.Count)
            Console.WriteLine($"{findings.Count} of {all}; narrow it down: --kind KIND, --max N");
    }

    private static string Found(JsonObject run) =>
        string.Join(", ", run["counts"]!.AsObject().Where(x => x.Value!.GetValue<long>() > 0).Select(x => $"{x.Value} {x.Key}")) is { Length: > 0 } some ? some : "nothing";
}
