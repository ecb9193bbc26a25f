using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>Turns refusals into failures by Salesforce's codes, since nearly all of them are a 400.</summary>
internal static class SalesforceFailure
{
    // Salesforce never says how long. Calls come free again over 24 hours, licences when somebody leaves.
    private static readonly TimeSpan s_dailyPause = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan s_licencePause = TimeSpan.FromHours(1);

    public static ConnectorException From(HttpCall call, HttpAnswer answer, ApiUsage usage, Redactor redactor)
    {
        var error = SalesforceError.Read(answer);
        var kind = (error is null ? null : Kind(error.Code)) ?? HttpFailure.Kind(call, answer);
        // Not in Salesforce's words, so it is not Salesforce that has no such object.
        if (error is null && answer.Status is 404 or 405 or 410)
            kind = FailureKind.Misconfigured;
        // A path of one object is the only one that can be gone.
        else if (kind == FailureKind.Gone && !call.IsItem)
            kind = answer.Status == 404 ? FailureKind.Misconfigured : FailureKind.Rejected;
        var message = error is null ? $"HTTP {answer.Status}" : $"HTTP {answer.Status} {error}";
        return Paused(HttpFailure.Create(kind, answer, message, error?.Code, redactor), error?.Code, usage);
    }

    /// <summary>The failure of one record in a collection that itself succeeded.</summary>
    public static ConnectorException From(SalesforceError error, ApiUsage usage, Redactor redactor)
    {
        // Of a record it is said that it was not stored; of a request with this code nobody knows.
        var kind = Kind(error.Code) ?? (error.Code == "UNKNOWN_EXCEPTION" ? FailureKind.Transient : FailureKind.Rejected);
        var failure = new ConnectorException(kind, redactor.Redact(error.ToString())) { TargetCode = $"200 {error.Code}" };
        return Paused(failure, error.Code, usage);
    }

    public static bool Is(ConnectorException failure, string code) =>
        failure.TargetCode is { } target && target.EndsWith($" {code}", StringComparison.Ordinal);

    private static FailureKind? Kind(string code) => code switch
    {
        "REQUEST_LIMIT_EXCEEDED" => FailureKind.Throttled,
        "UNABLE_TO_LOCK_ROW" or "SERVER_UNAVAILABLE" => FailureKind.Transient,
        "LICENSE_LIMIT_EXCEEDED" => FailureKind.Transient,
        "DUPLICATE_USERNAME" or "DUPLICATE_COMM_NICKNAME" or "DUPLICATE_VALUE" or "DUPLICATE_DEVELOPER_NAME" => FailureKind.Conflict,
        "NOT_FOUND" or "ENTITY_IS_DELETED" => FailureKind.Gone,
        "INVALID_SESSION_ID" => FailureKind.Unauthorized,
        // The organisation as a whole takes nothing over the API; the test of the connection meets the same.
        "API_DISABLED_FOR_ORG" or "API_CURRENTLY_DISABLED" => FailureKind.Misconfigured,
        // Business objects and users in one transaction: never ours, so a trigger of the organisation does it, and will again.
        "MIXED_DML_OPERATION" => FailureKind.Rejected,
        // A record that this user may not touch, or one that it refers to; other records are not concerned.
        _ when code.StartsWith("INSUFFICIENT_ACCESS", StringComparison.Ordinal) => FailureKind.Rejected,
        _ => null,
    };

    private static ConnectorException Paused(ConnectorException failure, string? code, ApiUsage usage)
    {
        TimeSpan? pause = code switch
        {
            "REQUEST_LIMIT_EXCEEDED" when usage.IsExhausted => s_dailyPause,
            "LICENSE_LIMIT_EXCEEDED" => s_licencePause,
            _ => null,
        };
        return pause is null || failure.RetryAfter is not null
            ? failure
            : new ConnectorException(failure.Kind, failure.Message) { RetryAfter = pause, TargetCode = failure.TargetCode };
    }
}
