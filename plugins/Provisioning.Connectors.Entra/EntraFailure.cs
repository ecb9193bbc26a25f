using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Entra;

/// <summary>Turns refusals into failures. Graph says <c>Request_BadRequest</c> for much that is something else.</summary>
internal static class EntraFailure
{
    // A licence comes free when somebody leaves.
    private static readonly TimeSpan s_licencePause = TimeSpan.FromHours(1);

    public static ConnectorException From(HttpCall call, HttpAnswer answer, Redactor redactor)
    {
        var error = answer.Json?["error"] as JsonObject;
        var code = error?.Text("code");
        var message = error?.Text("message");
        var text = $"HTTP {answer.Status}";
        if (code is not null)
            text += $" {code}";
        if (message is not null)
            text += $": {message}";
        var failure = HttpFailure.Create(Kind(call, answer, code, error), answer, text, code, redactor);
        return Says(error, "does not have any available licenses")
            ? new ConnectorException(FailureKind.Transient, failure.Message) { RetryAfter = s_licencePause, TargetCode = failure.TargetCode }
            : failure;
    }

    public static bool Is(ConnectorException failure, int status, string code) => failure.TargetCode == $"{status} {code}";

    /// <summary>A member that is one already, alone or among others: then none of them was added.</summary>
    public static bool IsMemberAlready(ConnectorException failure) =>
        failure.Message.Contains("object references already exist", StringComparison.OrdinalIgnoreCase);

    private static FailureKind Kind(HttpCall call, HttpAnswer answer, string? code, JsonObject? error) => (answer.Status, code) switch
    {
        (400 or 409, _) when IsTaken(error) => FailureKind.Conflict,
        (400 or 409, "Directory_ConcurrencyViolation" or "Directory_ExpiredPageToken") => FailureKind.Transient,
        (403, "Directory_QuotaExceeded") => FailureKind.Rejected,
        // Not in Graph's words, so it is not Graph that has no such object.
        (404 or 405 or 410, null) => FailureKind.Misconfigured,
        (403, "activityLimitReached") or (_, "TooManyRequests") or (509, _) => FailureKind.Throttled,
        _ => HttpFailure.Kind(call, answer),
    };

    private static bool IsTaken(JsonObject? error) =>
        error is not null && (error.Objects("details").Any(detail => detail.Text("code") == "ObjectConflict")
            || Says(error, "another object with the same value") || error.Text("code") == "Request_MultipleObjectsWithSameKeyValue");

    private static bool Says(JsonObject? error, string words) =>
        error?.Text("message")?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
