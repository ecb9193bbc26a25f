using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Google.Tests;

/// <summary>Google's error envelope.</summary>
internal sealed class GoogleError(int code, string reason, string message) : Exception(message)
{
    public Answer Answer => Make(code, reason, Message);

    public static Answer Make(int code, string reason, string message) => new(code, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["code"] = code,
            ["message"] = message,
            ["errors"] = new JsonArray(new JsonObject { ["message"] = message, ["domain"] = "global", ["reason"] = reason }),
        },
    });

    public static GoogleError Invalid(string message) => new(400, "invalid", message);

    public static GoogleError Missing(string key) => new(404, "notFound", $"Resource Not Found: {key}");

    public static GoogleError Duplicate() => new(409, "duplicate", "Entity already exists.");

    public static GoogleError Forbidden() => new(403, "forbidden", "Not Authorized to access this resource/api");
}
