using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;

namespace Provisioning.Host.Inbound;

/// <summary>The state of assignments for callers.</summary>
internal static class OutcomeJson
{
    public const string Extension = "urn:provisioning:scim:assignments";

    public const string Passwords = "urn:provisioning:scim:passwords";

    public static JsonArray Of(IEnumerable<AssignmentOutcome> outcomes) => new([.. outcomes.Select(Of)]);

    public static JsonObject Of(Assignment assignment) => new()
    {
        ["id"] = assignment.Id,
        ["identityProvider"] = assignment.IdentityProvider,
        ["resourceType"] = Name(assignment.ResourceType),
        ["resource"] = assignment.ResourceName,
        ["resourceId"] = assignment.ResourceId,
        ["serviceProvider"] = assignment.ServiceProvider,
        ["desired"] = Name(assignment.Desired),
        ["applied"] = Name(assignment.Applied),
        ["status"] = Name(assignment.Status),
        ["accountId"] = assignment.AccountId,
        ["attempts"] = assignment.Attempts,
        ["due"] = assignment.Status == AssignmentStatus.Pending ? assignment.DueAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture) : null,
        ["failure"] = assignment.LastFailure is { } kind ? Name(kind) : null,
        ["error"] = assignment.DiscardReason is { } reason ? $"discarded: {reason}; it was parked because: {assignment.LastError}" : assignment.LastError,
    };

    /// <summary>Adds what became of a first password to an answer; nothing where none was given.</summary>
    public static JsonObject AddPasswords(JsonObject answer, IEnumerable<AssignmentOutcome> outcomes)
    {
        var passwords = outcomes.Where(x => x.Password is not null).Select(x => new JsonObject
        {
            ["identityProvider"] = x.Assignment.IdentityProvider, ["set"] = x.Password!.IsSet, ["message"] = x.Password.Message,
        }).ToList();
        if (passwords.Count > 0)
            answer[Passwords] = new JsonArray([.. passwords]);
        return answer;
    }

    private static JsonObject Of(AssignmentOutcome outcome)
    {
        var json = Of(outcome.Assignment);
        json["blocking"] = outcome.Blocking;
        if (outcome.Failure is { } failure)
            (json["failure"], json["error"]) = (Name(failure.Kind), failure.Message);
        if (outcome.TimedOut)
            (json["failure"], json["error"]) = ("timeout", "not finished in time; the work goes on");
        return json;
    }

    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
