using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>The remove operation.</summary>
internal static class PatchRemover
{
    public static void Remove(JsonObject resource, PatchPath path, JsonNode? value)
    {
        if (path is { Urn: null, Filter: null, Sub: null } && PatchRules.IsRequired(path.Name))
            throw new ScimException(400, "mutability", $"{path.Name} cannot be removed");
        var container = path.Urn is null ? resource : ScimAttributes.Find(resource, path.Urn) as JsonObject;
        var existing = container is null ? null : ScimAttributes.Find(container, path.Name);
        if (container is null || existing is null)
        {
            if (path.Filter is not null)
                throw NoTarget(path);
            return;
        }

        if (path.Filter is not null)
            RemoveElements(container, path, existing, path.Filter);
        else if (path.Sub is not null)
            RemoveSub(existing, path.Sub);
        else if (value is not null && existing is JsonArray array)
            RemoveValues(array, value);
        else
            ScimAttributes.Remove(container, path.Name);

        if (ScimAttributes.Find(container, path.Name) is JsonArray { Count: 0 } or JsonObject { Count: 0 })
            ScimAttributes.Remove(container, path.Name);
        if (path.IsExtension)
            PatchRules.Retract(resource, path.Name);
        if (path.Urn is not null && container.Count == 0)
        {
            ScimAttributes.Remove(resource, path.Urn);
            PatchRules.Retract(resource, path.Urn);
        }
    }

    private static void RemoveElements(JsonObject container, PatchPath path, JsonNode existing, FilterNode filter)
    {
        var array = existing as JsonArray;
        var hits = array?.Where(element => ElementNode.MatchesElement(filter, element)).ToList() ?? [];
        if (hits.Count == 0 && existing is JsonObject single && filter.Matches(single))
            hits.Add(single);
        if (hits.Count == 0)
            throw NoTarget(path);
        foreach (var hit in hits)
        {
            if (path.Sub is not null)
                RemoveSub(hit!, path.Sub);
            else if (array is not null)
                array.Remove(hit);
            else
                ScimAttributes.Remove(container, path.Name);
        }
    }

    private static void RemoveSub(JsonNode existing, string sub)
    {
        foreach (var element in existing is JsonArray array ? array.ToList() : [existing])
        {
            if (element is JsonObject complex)
                ScimAttributes.Remove(complex, sub);
        }
    }

    /// <summary>Removes listed values: the form that clients use for members instead of a value filter.</summary>
    private static void RemoveValues(JsonArray array, JsonNode value)
    {
        foreach (var unwanted in value is JsonArray list ? list.ToList() : [value])
        {
            var key = unwanted is JsonObject complex ? ScimAttributes.Find(complex, "value") : unwanted;
            if (key is null)
                throw new ScimException(400, "invalidValue", "a value to remove has no \"value\"");
            array.RemoveAll(element =>
                JsonNode.DeepEquals(element is JsonObject candidate ? ScimAttributes.Find(candidate, "value") : element, key));
        }
    }

    private static ScimException NoTarget(PatchPath path) => new(400, "noTarget", $"no value of {path.Name} matches the filter");
}
