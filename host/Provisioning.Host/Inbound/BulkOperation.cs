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
    private const string Reference = "bulkId:";

    /// <exception cref="ScimException">400: it is none.</exception>
    public static BulkOperation Read(JsonNode? node, int place)
    {
        var operation = node as JsonObject ?? throw Wrong(place, "must be an object");
        var method = ScimAttributes.Text(ScimAttributes.Find(operation, "method"))?.ToUpperInvariant();
        var path = PathPattern().Match(ScimAttributes.Text(ScimAttributes.Find(operation, "path")) ?? "");
        var bulkId = ScimAttributes.Text(ScimAttributes.Find(operation, "bulkId"));
        if (method is not ("POST" or "PUT" or "PATCH" or "DELETE"))
            throw Wrong(place, "needs a 'method': POST, PUT, PATCH or DELETE");
        var id = path.Groups[2].Success ? path.Groups[2].Value : null;
        if (!path.Success || (method == "POST") != (id is null))
            throw Wrong(place, method == "POST" ? "needs a 'path': /Users or /Groups" : "needs a 'path' such as /Users/ID");
        if (method == "POST" && string.IsNullOrEmpty(bulkId))
            throw Wrong(place, "needs a 'bulkId', because it is a POST");
        var data = ScimAttributes.Find(operation, "data") as JsonObject;
        if (data is null && method != "DELETE")
            throw Wrong(place, "needs 'data': an object");
        var kind = path.Groups[1].Value.Equals("users", StringComparison.OrdinalIgnoreCase) ? "Users" : "Groups";
        return new BulkOperation(method, kind, id, bulkId, ScimAttributes.Text(ScimAttributes.Find(operation, "version")), data);
    }

    /// <summary>The operations that this one refers to.</summary>
    public IEnumerable<string> References() => (Id is null ? [] : Named(Id)).Concat(Data is null ? [] : Texts(Data).SelectMany(Named));

    /// <summary>The same with the ids of what others made.</summary>
    public BulkOperation Resolved(IReadOnlyDictionary<string, string> made)
    {
        var data = Data?.DeepClone().AsObject();
        if (data is not null)
            Replace(data, made);
        return this with { Id = Id is not null && Named(Id).FirstOrDefault() is { } name ? made.GetValueOrDefault(name, Id) : Id, Data = data };
    }

    private static void Replace(JsonNode node, IReadOnlyDictionary<string, string> made)
    {
        switch (node)
        {
            case JsonObject complex:
                foreach (var (name, value) in complex.ToList())
                    if (Text(value) is { } text && Named(text).FirstOrDefault() is { } of && made.TryGetValue(of, out var id))
                        complex[name] = id;
                    else if (value is not null)
                        Replace(value, made);
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                    if (Text(list[i]) is { } text && Named(text).FirstOrDefault() is { } of && made.TryGetValue(of, out var id))
                        list[i] = id;
                    else if (list[i] is { } value)
                        Replace(value, made);
                break;
        }
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject complex => complex.SelectMany(x => Texts(x.Value)),
        JsonArray list => list.SelectMany(Texts),
        _ => Text(node) is { } text ? [text] : [],
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static IEnumerable<string> Named(string text) => text.StartsWith(Reference, StringComparison.OrdinalIgnoreCase) ? [text[Reference.Length..]] : [];

    private static ScimException Wrong(int place, string problem) => new(400, "invalidSyntax", $"operation {place + 1} {problem}");

    [GeneratedRegex("^/?(Users|Groups)(?:/([^/]+))?/?$", RegexOptions.IgnoreCase)]
    private static partial Regex PathPattern();
}
