using System.CommandLine;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning parked list | causes | retry | discard</c>.</summary>
internal static class ParkedCommand
{
    private const string Path = "/api/admin/parked";

    private static readonly Option<string?> Provider = new("--identity-provider") { Description = "Only at this identity provider." };
    private static readonly Option<string?> Kind = new("--kind") { Description = "Only this kind of failure." };
    private static readonly Option<string?> Text = new("--text") { Description = "Only with this text in the cause." };
    private static readonly Option<string?> Age = new("--older-than") { Description = "Only what fails for at least so long, for example PT12H or P3D." };
    private static readonly Option<bool> Alike = new("--alike") { Description = "And all with the same cause at the same identity provider." };

    public static Command Build(Option<string> data)
    {
        Kind.AcceptOnlyFromAmong("transient", "throttled", "unauthorized", "conflict", "gone", "ambiguous", "rejected");
        return new Command("parked", "Work that waits for somebody to act.") { List(data), Causes(data), Retry(data), Discard(data) };
    }

    private static Command List(Option<string> data)
    {
        var max = new Option<int>("--max") { Description = "At most so many.", DefaultValueFactory = _ => 100 };
        var json = Output.JsonOption();
        var list = new Command("list", "Lists parked assignments with one line of cause each.") { Provider, Kind, Text, Age, max, json, data };
        list.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var found = (await client.SendAsync(HttpMethod.Get, Path + Query(result, null, ("max", $"{result.GetValue(max)}")), null, ct))!.AsArray();
            if (result.GetValue(json))
                Output.Json(found);
            else
                Output.Rows(
                    found, "nothing is parked", ("id", "id"), ("identity provider", "identityProvider"), ("resource", "resource"), ("desired", "desired"), ("kind", "kind"),
                    ("since", "since"), ("cause", "error"));
            if (!result.GetValue(json) && found.Count == result.GetValue(max))
                Console.WriteLine($"the first {found.Count}; there may be more: --max N, or narrow it down");
        }));
        return list;
    }

    private static Command Causes(Option<string> data)
    {
        var json = Output.JsonOption();
        var causes = new Command("causes", "Counts parked assignments by cause.") { Provider, json, data };
        causes.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var query = HostClient.Query(("identityProvider", result.GetValue(Provider)));
            var found = (await client.SendAsync(HttpMethod.Get, $"{Path}/causes{query}", null, ct))!.AsArray();
            if (result.GetValue(json))
                Output.Json(found);
            else
                Output.Rows(
                    found, "nothing is parked", ("identity provider", "identityProvider"), ("count", "count"), ("kind", "kind"), ("cause", "cause"), ("for example", "example"));
        }));
        return causes;
    }

    private static Command Retry(Option<string> data)
    {
        var id = new Argument<string?>("id") { Description = "Id of an assignment; without it, all that match.", Arity = ArgumentArity.ZeroOrOne };
        var retry = new Command("retry", "Retries parked assignments now: one, all alike, or all that match.") { id, Alike, Provider, Kind, Text, Age, data };
        retry.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var answer = await client.SendAsync(HttpMethod.Post, $"{Path}/retry{Query(result, result.GetValue(id), Like(result))}", null, ct);
            Console.WriteLine($"{answer!["retried"]} retried");
        }));
        return retry;
    }

    private static Command Discard(Option<string> data)
    {
        var id = new Argument<string>("id") { Description = "Id of an assignment." };
        var reason = new Option<string>("--reason") { Description = "Why, for those who come after.", Required = true };
        var discard = new Command("discard", "Gives parked assignments up: they are tried again only when something else is desired of them.") { id, Alike, reason, data };
        discard.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var query = HostClient.Query(("id", result.GetValue(id)), Like(result), ("reason", result.GetValue(reason)));
            var answer = await client.SendAsync(HttpMethod.Post, $"{Path}/discard{query}", null, ct);
            Console.WriteLine($"{answer!["discarded"]} discarded");
        }));
        return discard;
    }

    private static (string, string?) Like(ParseResult result) => ("alike", result.GetValue(Alike) ? "true" : null);

    private static string Query(ParseResult result, string? id, (string, string?) more) => HostClient.Query(
        ("id", id), ("identityProvider", result.GetValue(Provider)), ("kind", result.GetValue(Kind)), ("text", result.GetValue(Text)),
        ("olderThan", result.GetValue(Age)), more);
}
