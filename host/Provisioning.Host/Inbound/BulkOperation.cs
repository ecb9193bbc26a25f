using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>One of several operations of a request.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Kind"><c>Users</c> or <c>Groups</c>.</param>
/// <param name="Id">The resource; null to make one.</param>
/// <param name="BulkId">The name by which others refer to what a POST makes.</param>
/// <param name="Version">The version that the caller insists on.</param>
internal sealed partial record BulkOperation(string Method, string Kind, string? Id, string? BulkId, string? Version, JsonObject? Data)
{
    /// <summary>Why it is none; null if it is one.</summary>
    public string? Problem { get; init; }

    private const string Reference = "bulkId:";

    public static BulkOperation Read(JsonNode? node)
    {
        if (node is not JsonObject operation)
            return None("", null, "an operation must be an object");
        var method = ScimAttributes.Text(ScimAttributes.Find(operation, "method"))?.ToUpperInvariant() ?? "";
        var path = PathPattern().Match(ScimAttributes.Text(ScimAttributes.Find(operation, "path")) ?? "");
        var bulkId = ScimAttributes.Text(ScimAttributes.Find(operation, "bulkId"));
        if (method is not ("POST" or "PUT" or "PATCH" or "DELETE"))
            return None(method, bulkId, "an operation needs a 'method': POST, PUT, PATCH or DELETE");
        var id = path.Groups[2].Success ? path.Groups[2].Value : null;
        if (!path.Success || (method == "POST") != (id is null))
            return None(method, bulkId, method == "POST" ? "a POST needs a 'path': /Users or /Groups" : "the operation needs a 'path' such as /Users/ID");
        if (method == "POST" && string.IsNullOrEmpty(bulkId))
            return None(method, null, "a POST needs a 'bulkId'");
        var data = ScimAttributes.Find(operation, "data") as JsonObject;
        if (data is null && method != "DELETE")
            return None(method, bulkId, "the operation needs 'data': an object");
        var kind = path.Groups[1].Value.Equals("users", StringComparison.OrdinalIgnoreCase) ? "Users" : "Groups";
        return new BulkOperation(method, kind, id, bulkId, ScimAttributes.Text(ScimAttributes.Find(operation, "version")), data);
    }

    /// <summary>The operations that this one refers to.</summary>
    public IEnumerable<string> References() => (Id is null ? [] : Named(Id)).Concat(Data is null ? [] : Texts(Data).SelectMany(Named)).Distinct(StringComparer.Ordinal);

    /// <summary>The same with the ids of what others made.</summary>
    public BulkOperation Resolved(IReadOnlyDictionary<string, string> made)
    {
        if (made.Count == 0)
            return this;
        var data = Data?.DeepClone().AsObject();
        if (data is not null)
            Replace(data, made);
        return this with { Id = Id is null ? null : Resolve(Id, made), Data = data };
    }

    private static void Replace(JsonNode node, IReadOnlyDictionary<string, string> made)
    {
        switch (node)
        {
            case JsonObject complex:
                foreach (var (name, value) in complex.ToList())
                    if (Text(value) is { } text)
                        complex[name] = Resolve(text, made);
                    else if (value is not null)
                        Replace(value, made);
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                    if (Text(list[i]) is { } text)
                        list[i] = Resolve(text, made);
                    else if (list[i] is { } value)
                        Replace(value, made);
                break;
        }
    }

    private static string Resolve(string text, IReadOnlyDictionary<string, string> made) =>
        text.StartsWith(Reference, StringComparison.OrdinalIgnoreCase) ? made.GetValueOrDefault(text[Reference.Length..], text)
        : text.Contains(Reference, StringComparison.OrdinalIgnoreCase) ? QuotedPattern().Replace(text, x => made.TryGetValue(x.Groups[1].Value, out var id) ? $"\"{id}\"" : x.Value)
        : text;

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject complex => complex.SelectMany(x => Texts(x.Value)),
        JsonArray list => list.SelectMany(Texts),
        _ => Text(node) is { } text ? [text] : [],
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // The whole text, or a literal in the filter of a path.
    private static IEnumerable<string> Named(string text) =>
        text.StartsWith(Reference, StringComparison.OrdinalIgnoreCase) ? [text[Reference.Length..]]
        : text.Contains(Reference, StringComparison.OrdinalIgnoreCase) ? QuotedPattern().Matches(text).Select(x => x.Groups[1].Value)
        : [];

    private static BulkOperation None(string method, string? bulkId, string problem) => new(method, "Users", null, bulkId, null, null) { Problem = problem };

    [GeneratedRegex("\"bulkId:([^\"]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex QuotedPattern();

    [GeneratedRegex("^/?(Users|Groups)(?:/([^/]+))?/?$", RegexOptions.IgnoreCase)]
    private static partial Regex PathPattern();
}
