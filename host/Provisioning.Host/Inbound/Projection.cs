using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Which attributes a caller wants to see: <c>attributes</c> and <c>excludedAttributes</c> (RFC 7644, section 3.9).</summary>
internal sealed class Projection
{
    private static readonly string[] Always = ["schemas", "id"];

    private readonly string[] _only;
    private readonly string[] _without;

    private Projection(string[] only, string[] without) => (_only, _without) = (only, without);

    public static Projection Of(HttpRequest request) =>
        Of(request.Query["attributes"].ToString(), request.Query["excludedAttributes"].ToString());

    /// <param name="attributes">Names with commas between them.</param>
    /// <param name="excluded">The same.</param>
    public static Projection Of(string attributes, string excluded) => new(Names(attributes), Names(excluded));

    /// <summary>The caller said which attributes it wants to see.</summary>
    public bool IsGiven => _only.Length > 0 || _without.Length > 0;

    /// <summary>False only if the caller will not see the attribute anyway, so that it need not be read.</summary>
    public bool Wants(string attribute) =>
        _only.Length > 0
            ? _only.Any(x => IsOrIsBelow(x, attribute))
            : !_without.Contains(attribute, StringComparer.OrdinalIgnoreCase);

    /// <summary>Removes what is not wanted from a fresh resource and returns it.</summary>
    public JsonObject Apply(JsonObject resource)
    {
        if (_only.Length > 0)
            KeepOnly(resource, _only, Always);
        foreach (var name in _without.Where(x => !Always.Contains(x, StringComparer.OrdinalIgnoreCase)))
            Remove(resource, name);
        return resource;
    }

    private static void KeepOnly(JsonObject resource, string[] wanted, string[] always)
    {
        foreach (var name in resource.Select(x => x.Key).ToList())
        {
            if (always.Contains(name, StringComparer.OrdinalIgnoreCase) || wanted.Contains(name, StringComparer.OrdinalIgnoreCase))
                continue;
            var below = wanted.Where(x => IsOrIsBelow(x, name)).Select(x => x[(name.Length + 1)..]).ToArray();
            if (below.Length == 0)
                resource.Remove(name);
            else
                ForEachObject(resource[name], x => KeepOnly(x, below, []));
        }
    }

    private static void Remove(JsonObject resource, string path)
    {
        foreach (var name in resource.Select(x => x.Key).ToList())
        {
            if (name.Equals(path, StringComparison.OrdinalIgnoreCase))
                resource.Remove(name);
            else if (IsOrIsBelow(path, name))
                ForEachObject(resource[name], x => Remove(x, path[(name.Length + 1)..]));
        }
    }

    private static void ForEachObject(JsonNode? node, Action<JsonObject> action)
    {
        foreach (var complex in node is JsonArray array ? array.OfType<JsonObject>() : node is JsonObject single ? [single] : [])
            action(complex);
    }

    private static bool IsOrIsBelow(string path, string name) =>
        path.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (path.Length == name.Length || path[name.Length] is '.' or ':');

    // Attributes of the core schemas may carry the schema's name before them.
    private static string[] Names(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(x => Strip(Strip(WithoutFilter(x), ScimSchemas.User), ScimSchemas.Group))];

    // emails[type eq "work"]: the attribute is shown whole.
    private static string WithoutFilter(string name) => name.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket ? name[..bracket] : name;

    private static string Strip(string name, string schema) =>
        name.StartsWith(schema + ":", StringComparison.OrdinalIgnoreCase) ? name[(schema.Length + 1)..] : name;
}
