using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Salesforce.Tests;

/// <summary>Salesforce's errors: a list for a request, a part of the result for a record.</summary>
internal sealed class SalesforceRefusal(int status, string code, string message, params string[] fields) : Exception(message)
{
    public Answer Answer => Make(status, code, Message, fields);

    public JsonObject Record => new()
    {
        ["success"] = false,
        ["errors"] = new JsonArray(new JsonObject { ["statusCode"] = code, ["message"] = Message, ["fields"] = List(fields) }),
    };

    public static Answer Make(int status, string code, string message, params string[] fields)
    {
        var error = new JsonObject { ["message"] = message, ["errorCode"] = code };
        if (fields.Length > 0)
            error["fields"] = List(fields);
        return new Answer(status, new JsonArray(error));
    }

    public static SalesforceRefusal NotFound() => new(404, "NOT_FOUND", "The requested resource does not exist");

    private static JsonArray List(string[] fields) => [.. fields.Select(field => JsonValue.Create(field))];
}
