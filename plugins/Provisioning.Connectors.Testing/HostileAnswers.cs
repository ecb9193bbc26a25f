using System.Text;

namespace Provisioning.Connectors.Testing;

/// <summary>
/// Answers of a target that is broken or means harm. Each names the places in which APIs keep their objects, so that one list is good for all of them.
/// Whatever they say is the target's fault: a creation may have happened, and nothing may leave the connector but a ConnectorException.
/// </summary>
internal static class HostileAnswers
{
    private static readonly string[] s_lists = ["Resources", "users", "groups", "value", "records", "data", "items"];
    private static readonly FailureKind[] s_refusals = [FailureKind.Rejected, FailureKind.Unauthorized, FailureKind.Misconfigured, FailureKind.Transient];

    public static IReadOnlyList<HttpFault> All { get; } =
    [
        Success("half-a-letter", "{\"id\":\"\\ud800\",\"Id\":\"\\ud800\"}"),
        Success("half-a-letter-in-a-name", "{\"id\":\"1\",\"Id\":\"1\",\"\\udc00\":1}"),
        Success("bytes-that-are-no-text", "") with { Bytes = [.. "{\"id\":\""u8, 0xE9, 0xFF, .. "\",\"Id\":\"1\"}"u8] },
        Success("null", "null"),
        Success("a-number", "7"),
        Success("an-empty-object", "{}"),
        Success("a-list-of-nulls", "[null,null]"),
        Success("nulls-where-objects-belong", Listing("[null]", "null")),
        Success("numbers-where-texts-belong", Listing("5", "{}")),
        Success("texts-where-objects-belong", Listing("[\"x\"]", "[]")),
        Success("a-deep-tower", new string('[', 100_000)),
        Success("twice-the-same-name", "{\"id\":\"1\",\"id\":\"2\",\"Id\":\"1\",\"Id\":\"2\"}"),
        OfIds("an-empty-id", "\"\""),
        OfIds("no-id", "null"),
        OfIds("an-id-that-leads-elsewhere", "\"..\""),
        OfIds("an-id-of-a-megabyte", $"\"{new string('x', 1024 * 1024)}\""),
        Success("content-without-end", new string(' ', 64 * 1024)) with { Endless = true, Operations = [HttpOperation.Create, HttpOperation.List] },
        Refusal("half-a-letter", "{\"detail\":\"\\ud800\",\"message\":\"\\ud800\"}"),
        Refusal("wrong-shapes", """
            {"detail":7,"message":{},"title":[null],"scimType":{},"schemas":[null,5],"Errors":[null,5,{"description":{}}],"errors":[null],
             "error":{"errors":[null,7],"message":7,"code":[],"details":[null,"x"]}}
            """),
        Refusal("a-list-of-nulls", "[null]"),
        Refusal("a-text-for-an-error", "{\"error\":\"x\",\"errors\":\"y\",\"Errors\":3}"),
        new("refusal-with-bytes-that-are-no-text", 400) { Bytes = [0xC3, 0x28, 0xFF], ForCreate = s_refusals, Otherwise = s_refusals },
    ];

    private static HttpFault Success(string name, string body) => new($"success-with-{name}", 200) { Body = body, ForCreate = [FailureKind.Ambiguous] };

    // A search leaves out what has not the name that it looks for, so only a creation and a listing have to see the id.
    private static HttpFault OfIds(string name, string id) =>
        Success(name, Listing($"[{{\"id\":{id},\"Id\":{id}}}]", id)) with { Operations = [HttpOperation.Create, HttpOperation.CreateGroup, HttpOperation.List] };

    private static HttpFault Refusal(string name, string body) =>
        new($"refusal-with-{name}", 400) { Body = body, ForCreate = s_refusals, Otherwise = s_refusals };

    private static string Listing(string list, string id)
    {
        var text = new StringBuilder($"{{\"id\":{id},\"Id\":{id},\"totalResults\":1,\"done\":true,\"totalSize\":1");
        foreach (var name in s_lists)
            text.Append($",\"{name}\":{list}");
        return text.Append('}').ToString();
    }
}
