using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>One error, of a whole request or of one record in it.</summary>
/// <param name="Code">Salesforce's own code.</param>
/// <param name="Message">Its words.</param>
/// <param name="Fields">The fields it is about.</param>
internal sealed record SalesforceError(string Code, string Message, IReadOnlyList<string> Fields)
{
    /// <summary>The first error in the body of a refusal, or null when it has none.</summary>
    public static SalesforceError? Read(HttpAnswer answer) => answer.List is [JsonObject first, ..] ? Read(first) : null;

    /// <summary>Requests call the code <c>errorCode</c>, records of a collection <c>statusCode</c>.</summary>
    public static SalesforceError Read(JsonObject error) => new(
        error.Text("errorCode") ?? error.Text("statusCode") ?? "UNKNOWN_EXCEPTION",
        error.Text("message") ?? "",
        error["fields"] is JsonArray fields ? [.. fields.Select(field => field?.ToString()).OfType<string>()] : []);

    public override string ToString()
    {
        var text = Message.Length == 0 ? Code : $"{Code}: {Message}";
        return Fields.Count == 0 ? text : $"{text} ({string.Join(", ", Fields)})";
    }
}
