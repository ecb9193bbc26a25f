using System.CommandLine;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning explain USER [IDP]</c>: why a user has an account or has none.</summary>
internal static class ExplainCommand
{
    public static Command Build(Option<string> data)
    {
        var user = new Argument<string>("user") { Description = "User name." };
        var provider = new Argument<string?>("identity-provider") { Description = "Only this identity provider.", Arity = ArgumentArity.ZeroOrOne };
        var json = Output.JsonOption();
        var explain = new Command("explain", "Decides about one user as it would be now, changes nothing, and says why.") { user, provider, json, data };
        explain.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var query = HostClient.Query(("user", result.GetValue(user)), ("identityProvider", result.GetValue(provider)));
            var answer = (await client.SendAsync(HttpMethod.Get, "/api/admin/explain" + query, null, ct))!.AsObject();
            if (result.GetValue(json))
                Output.Json(answer);
            else
                Print(answer);
        }));
        return explain;
    }

    private static void Print(JsonObject user)
    {
        Output.Facts(
            ("user", $"{user["userName"]}  ({user["id"]})"), ("active", user["active"]!.GetValue<bool>() ? "yes" : "no: accounts are disabled"),
            ("service providers", Join(user["serviceProviders"])), ("roles", Join(user["roles"])), ("groups", Join(user["groups"])));
        Console.WriteLine();
        var bindings = user["bindings"]!.AsArray();
        Output.Rows(
            bindings, "no binding of the user's service providers leads anywhere", ("service provider", "serviceProvider"), ("identity provider", "identityProvider"),
            ("decision", "decision"), ("reason", "reason"), ("jit", "jit"), ("blocking", "blocking"));
        Console.WriteLine();
        Output.Rows(
            Leaving.Show(user["assignments"]!.AsArray(), TimeProvider.System.GetUtcNow()), "nothing is recorded: the user has no account, and never had one", ("id", "id"),
            ("identity provider", "identityProvider"), ("desired", "desired"), ("status", "status"), ("due", "due"), ("account", "accountId"), ("cause", "error"));
        foreach (var binding in bindings.OfType<JsonObject>().Where(x => x["trace"] is not null))
            Console.WriteLine($"{Environment.NewLine}{binding["serviceProvider"]} -> {binding["identityProvider"]}, policies {binding["policyRevision"]}:{Environment.NewLine}{binding["trace"]}");
    }

    private static string Join(JsonNode? names) => string.Join(", ", names!.AsArray());
}
