using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Scim11.Tests;

/// <summary>
/// The rules of PATCH in SCIM 1.1, section 3.3.2: attributes named in meta.attributes go first; then simple attributes are
/// set, complex ones are merged, values of multi-valued ones are added, and those marked with an operation of "delete" go.
/// </summary>
internal static class PatchSemantics
{
    private static readonly HashSet<string> s_many = new(["emails", "phoneNumbers", "members", "photos"], StringComparer.OrdinalIgnoreCase);

    public static JsonObject Apply(JsonObject resource, JsonObject partial)
    {
        var result = resource.DeepClone().AsObject();
        foreach (var name in (partial["meta"]?["attributes"] as JsonArray ?? []).Select(node => node!.ToString()))
            Remove(result, name);
        foreach (var (name, value) in partial)
        {
            if (name is not ("schemas" or "meta" or "id"))
                Merge(result, name, value);
        }

        return result;
    }

    private static void Remove(JsonObject resource, string path)
    {
        var (first, second) = Split(path);
        if (second is null)
            resource.Remove(first);
        else if (resource[first] is JsonObject complex)
            complex.Remove(second);
        else if (resource[first] is not null)
            throw new Refusal(400, $"'{path}' is no attribute");
    }

    private static (string First, string? Second) Split(string path)
    {
        var divider = path.StartsWith("urn:", StringComparison.Ordinal) ? path.LastIndexOf(':') : path.IndexOf('.', StringComparison.Ordinal);
        return divider < 0 ? (path, null) : (path[..divider], path[(divider + 1)..]);
    }

    private static void Merge(JsonObject owner, string name, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject complex:
                if (owner[name] is not JsonObject existing)
                    owner[name] = existing = [];
                foreach (var (part, inner) in complex)
                    Merge(existing, part, inner);
                break;
            case JsonArray values when s_many.Contains(name):
                if (owner[name] is not JsonArray list)
                    owner[name] = list = [];
                foreach (var item in values)
                    MergeValue(list, item as JsonObject ?? throw new Refusal(400, $"values of '{name}' are objects"));
                break;
            case null:
                throw new Refusal(400, $"'{name}' is null; attributes are removed by meta.attributes");
            default:
                owner[name] = value.DeepClone();
                break;
        }
    }

    private static void MergeValue(JsonArray list, JsonObject item)
    {
        var key = item["value"]?.ToString() ?? throw new Refusal(400, "a value has no 'value'");
        list.RemoveAll(other => other!["value"]!.ToString() == key);
        if (item["operation"]?.ToString() != "delete")
            list.Add(item.DeepClone());
    }
}
