using System.Text.Json.Nodes;

namespace Provisioning.Host.Cli;

/// <summary>One assignment for people: what, why, how it should look, how it looks, what was tried.</summary>
internal static class AssignmentDetails
{
    public static void Print(JsonObject assignment)
    {
        var decision = assignment["decision"] as JsonObject;
        Output.Facts(
            ("assignment", Text(assignment, "id")),
            (Text(assignment, "resourceType") ?? "user", $"{Text(assignment, "resource")}  ({Text(assignment, "resourceId")})"),
            ("identity provider", Text(assignment, "identityProvider")),
            ("service provider", Text(assignment, "serviceProvider")),
            ("status", Text(assignment, "status")),
            ("desired", Text(assignment, "desired")),
            ("applied", Text(assignment, "applied")),
            ("account", Text(assignment, "accountId")),
            ("due", Text(assignment, "due")),
            ("failed attempts", Text(assignment, "attempts") is "0" ? null : Text(assignment, "attempts")),
            ("cause", Text(assignment, "error")),
            ("decision", Text(decision, "reason")),
            ("policies", decision?["policies"] is JsonArray policies ? string.Join(", ", policies) : null),
            ("policy revision", Text(decision, "policyRevision")),
            ("obligations", decision?["obligations"] is JsonArray { Count: > 0 } obligations ? string.Join(", ", obligations) : null));
        Console.WriteLine();
        Output.Rows(Attributes(assignment), "no attributes", ("attribute", "name"), ("desired", "desired"), ("applied", "applied"), ("may be there", "possible"));
        Console.WriteLine();
        Output.Rows(
            assignment["history"] as JsonArray ?? [], "never tried", ("started", "started"), ("ms", "milliseconds"), ("operations", "operations"),
            ("failure", "failure"), ("message", "message"));
    }

    private static JsonArray Attributes(JsonObject assignment)
    {
        var (desired, applied) = (assignment["desiredAttributes"] as JsonObject ?? [], assignment["appliedAttributes"] as JsonObject ?? []);
        var possible = assignment["possibleAttributes"] as JsonObject ?? [];
        return new JsonArray([.. desired.Select(x => x.Key).Union(applied.Select(x => x.Key)).Union(possible.Select(x => x.Key)).Select(x => new JsonObject
        {
            ["name"] = x, ["desired"] = Value(desired[x]), ["applied"] = Value(applied[x]), ["possible"] = Value(possible[x]),
        })]);
    }

    private static string? Value(JsonNode? node) => node is JsonObject or JsonArray ? node.ToJsonString() : node?.ToString();

    private static string? Text(JsonObject? json, string name) => json?[name]?.ToString();
}
