using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Google;

/// <summary>Turns refusals into failures. Google's status alone says too little: the reason decides with it.</summary>
internal static class GoogleFailure
{
    private const string MemberKey = "memberKey";

    // A daily quota is renewed at midnight Pacific time; asking every hour is early enough.
    private static readonly TimeSpan s_dailyPause = TimeSpan.FromHours(1);

    public static ConnectorException From(HttpCall call, HttpAnswer answer, Redactor redactor)
    {
        var error = answer.Json?["error"] as JsonObject;
        var reason = error?.Objects("errors") is [var first, ..] ? first.Text("reason") : null;
        var message = error?.Text("message");
        var kind = Kind(call, answer, reason, message ?? "");
        var text = $"HTTP {answer.Status}";
        if (reason is not null)
            text += $" {reason}";
        if (message is not null)
            text += $": {message}";
        var failure = HttpFailure.Create(kind, answer, text, reason, redactor);
        return reason == "dailyLimitExceeded" && failure.RetryAfter is null
            ? new ConnectorException(kind, failure.Message) { RetryAfter = s_dailyPause, TargetCode = failure.TargetCode }
            : failure;
    }

    public static bool Is(ConnectorException failure, int status, string reason) => failure.TargetCode == $"{status} {reason}";

    public static bool IsUnknownMember(ConnectorException failure) =>
        Is(failure, 404, "notFound") && failure.Message.Contains(MemberKey, StringComparison.Ordinal);

    private static FailureKind Kind(HttpCall call, HttpAnswer answer, string? reason, string message) => (answer.Status, reason) switch
    {
        (403 or 429, "userRateLimitExceeded" or "rateLimitExceeded" or "quotaExceeded" or "dailyLimitExceeded") => FailureKind.Throttled,
        (404, "domainNotFound") => FailureKind.Rejected,
        // The project or the domain of the customer may not use the API at all.
        (403, "accessNotConfigured" or "domainCannotUseApis") => FailureKind.Misconfigured,
        // Not in Google's words, so it is not Google that has no such object.
        (404 or 405 or 410, null) => FailureKind.Misconfigured,
        // A user that was just made is not known to the group service yet.
        (404, "notFound") when message.Contains(MemberKey, StringComparison.Ordinal) => FailureKind.Transient,
        (409, _) => FailureKind.Conflict,
        (412, "conditionNotMet") => FailureKind.Conflict,
        // The licences or users of the customer are used up.
        (412, _) => FailureKind.Rejected,
        // Google says so when accounts are made faster than it likes.
        (503, _) when call.Creates => FailureKind.Throttled,
        _ => HttpFailure.Kind(call, answer),
    };
}
