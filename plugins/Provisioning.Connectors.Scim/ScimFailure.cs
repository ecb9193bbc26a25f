using System.Text.Json.Nodes;
using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Turns refusals into failures.</summary>
internal static class ScimFailure
{
    public static ConnectorException From(HttpCall call, HttpAnswer answer, Redactor redactor)
    {
        var type = Text(answer.Json, "scimType");
        var detail = Text(answer.Json, "detail") ?? Text(answer.Json, "message");
        var message = $"HTTP {answer.Status}";
        if (type is not null)
            message += $" {type}";
        if (detail is not null)
            message += $": {detail}";
        var kind = IsUniqueness(answer.Status, type, detail) ? FailureKind.Conflict : HttpFailure.Kind(call, answer);
        return HttpFailure.Create(kind, answer, message, type, redactor);
    }

    /// <summary>Whether the target refused with one of these detail keywords (RFC 7644, table 9).</summary>
    public static bool HasType(ConnectorException failure, params ReadOnlySpan<string> types)
    {
        foreach (var type in types)
        {
            if (failure.TargetCode?.EndsWith(" " + type, StringComparison.OrdinalIgnoreCase) == true)
                return true;
        }

        return false;
    }

    private static bool IsUniqueness(int status, string? type, string? detail) =>
        status is 400 or 500
        && (string.Equals(type, "uniqueness", StringComparison.OrdinalIgnoreCase)
            || (type is null && detail?.Contains("already exists", StringComparison.OrdinalIgnoreCase) == true));

    private static string? Text(JsonObject? error, string name) =>
        error is not null && ScimAttributes.Find(error, name) is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
            ? text
            : null;
}
