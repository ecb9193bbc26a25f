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
        var detail = Text(answer.Json, "detail") ?? Text(answer.Json, "message") ?? Text(answer.Json, "title") ?? answer.Said;
        var message = $"HTTP {answer.Status}";
        if (type is not null)
            message += $" {type}";
        if (detail is not null)
            message += $": {detail}";
        return HttpFailure.Create(Kind(call, answer, type, detail), answer, message, type, redactor);
    }

    /// <summary>Whether a refusal is in the words of SCIM. A wrong address is answered with 404 too, but not in those words.</summary>
    public static bool IsScim(JsonObject? body) =>
        body is not null && ScimAttributes.Find(body, "schemas") is JsonArray schemas && schemas.Any(schema => schema?.ToString() == ScimSchemas.Error);

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

    private static FailureKind Kind(HttpCall call, HttpAnswer answer, string? type, string? detail) => answer.Status switch
    {
        400 or 500 when IsUniqueness(type, detail) => FailureKind.Conflict,
        // Until the collection answers nobody knows whether the object is missing or the whole service: see ScimPlace.
        404 or 405 or 410 when !IsScim(answer.Json) => FailureKind.Misconfigured,
        405 => FailureKind.Rejected,
        _ => HttpFailure.Kind(call, answer),
    };

    private static bool IsUniqueness(string? type, string? detail) =>
        string.Equals(type, "uniqueness", StringComparison.OrdinalIgnoreCase)
        || (type is null && detail?.Contains("already exists", StringComparison.OrdinalIgnoreCase) == true);

    private static string? Text(JsonObject? error, string name) =>
        error is not null && ScimAttributes.Find(error, name) is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
            ? text
            : null;
}
