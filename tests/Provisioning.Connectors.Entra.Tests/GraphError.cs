using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Entra.Tests;

/// <summary>Graph's error envelope.</summary>
internal sealed class GraphError(int status, string code, string message, string? detail = null) : Exception(message)
{
    public Answer Answer => Make(status, code, Message, detail);

    public static Answer Make(int status, string code, string message, string? detail = null, params (string Name, string Value)[] headers)
    {
        var error = new JsonObject
        {
            ["code"] = code,
            ["message"] = message,
            ["innerError"] = new JsonObject { ["date"] = "2026-03-01T12:00:00", ["request-id"] = Guid.NewGuid().ToString() },
        };
        if (detail is not null)
            error["details"] = new JsonArray(new JsonObject { ["code"] = detail, ["message"] = message, ["target"] = "userPrincipalName" });
        return new Answer(status, new JsonObject { ["error"] = error }, headers);
    }

    public static GraphError Bad(string message) => new(400, "Request_BadRequest", message);

    public static GraphError NotFound(string id) =>
        new(404, "Request_ResourceNotFound", $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");

    public static GraphError Denied() => new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

    public static GraphError Taken(string property) =>
        new(400, "Request_BadRequest", $"Another object with the same value for property {property} already exists.", "ObjectConflict");
}
