using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Turns answers into failures.</summary>
internal static class ScimFailure
{
    private const int MaximumMessage = 300;

    public static ConnectorException From(ScimRequest request, HttpResponseMessage response, string? content, TimeProvider time, Func<string, string> redact)
    {
        var status = (int)response.StatusCode;
        var error = Parse(content);
        var type = Text(error, "scimType");
        var detail = Text(error, "detail") ?? Text(error, "message");
        var pause = RetryHint.Read(response, time);
        var kind = Kind(request, status, IsUniqueness(status, type, detail), response.Headers.RetryAfter is not null);

        var message = $"HTTP {status}";
        if (type is not null)
            message += $" {type}";
        if (detail is not null)
            message += $": {detail.ReplaceLineEndings(" ")}";
        message = redact(message);
        return new ConnectorException(kind, message.Length <= MaximumMessage ? message : message[..MaximumMessage])
        {
            RetryAfter = kind is FailureKind.Throttled or FailureKind.Transient ? pause : null,
            TargetCode = redact(type is null ? $"{status}" : $"{status} {(type.Length <= 40 ? type : type[..40])}"),
        };
    }

    public static bool IsNoTarget(ConnectorException failure) =>
        failure.TargetCode is { } code && code.EndsWith(" noTarget", StringComparison.OrdinalIgnoreCase);

    public static JsonObject? Parse(string? content)
    {
        if (string.IsNullOrWhiteSpace(content))
            return null;
        try
        {
            // Materialized here, because duplicate names only surface when the object is first read.
            var parsed = JsonNode.Parse(content) as JsonObject;
            return parsed?.Count >= 0 ? parsed : null;
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            // Proxies answer with HTML; the status says enough.
            return null;
        }
    }

    private static FailureKind Kind(ScimRequest request, int status, bool uniqueness, bool asksForPause) => status switch
    {
        429 => FailureKind.Throttled,
        503 when asksForPause => FailureKind.Throttled,
        _ when uniqueness => FailureKind.Conflict,
        401 or 403 => FailureKind.Unauthorized,
        404 or 410 => request.IsItem ? FailureKind.Gone : FailureKind.Rejected,
        409 or 412 => FailureKind.Conflict,
        408 or 425 => FailureKind.Transient,
        // A gateway gave up waiting: the target behind it may have finished.
        502 or 504 when request.Creates => FailureKind.Ambiguous,
        >= 500 => FailureKind.Transient,
        _ => FailureKind.Rejected,
    };

    private static bool IsUniqueness(int status, string? type, string? detail) =>
        status is 400 or 500
        && (string.Equals(type, "uniqueness", StringComparison.OrdinalIgnoreCase)
            || (type is null && detail?.Contains("already exists", StringComparison.OrdinalIgnoreCase) == true));

    private static string? Text(JsonObject? error, string name) =>
        error is not null && ScimAttributes.Find(error, name) is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
            ? text
            : null;
}
