using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>The remove operation. What is not there is removed already: a client whose answer was lost asks again.</summary>
internal static class PatchRemover
{
    public static void Remove(PatchWork work, JsonObject resource, PatchPath path, JsonNode? value)
    {
        if (path is { Urn: null, Filter: null, Sub: null } && PatchRules.IsRequired(path.Name))
            throw new ScimException(400, "mutability", $"{path.Name} cannot be removed");
        work.Search(resource);
        var container = path.Urn is null ? resource : ScimAttributes.Find(resource, path.Urn) as JsonObject;
        if (path.Urn is not null && container is not null)
            work.Search(container);
        var existing = container is null ? null : ScimAttributes.Find(container, path.Name);
        if (container is null || existing is null)
            return;

        if (path.Filter is not null)
            RemoveElements(work, container, path, existing, path.Filter);
        else if (path.Sub is not null)
            RemoveSub(work, existing is JsonArray all ? work.Whole(all) : existing, path.Sub);
        else if (value is not null && existing is JsonArray array)
            RemoveValues(work.Index(array, path.Name), value);
        else
            ScimAttributes.Remove(container, path.Name);

        if (ScimAttributes.Find(container, path.Name) is { } left && IsEmpty(work, left))
            ScimAttributes.Remove(container, path.Name);
        if (path.IsExtension)
            PatchRules.Retract(work, resource, path.Name);
        if (path.Urn is not null && container.Count == 0)
        {
            ScimAttributes.Remove(resource, path.Urn);
            PatchRules.Retract(work, resource, path.Urn);
        }
    }

    private static bool IsEmpty(PatchWork work, JsonNode value) => value is JsonObject { Count: 0 } || (value is JsonArray array && work.Count(array) == 0);

    private static void RemoveElements(PatchWork work, JsonObject container, PatchPath path, JsonNode existing, FilterNode filter)
    {
        if (existing is JsonObject single && work.Matches(filter, single))
        {
            if (path.Sub is null)
                ScimAttributes.Remove(container, path.Name);
            else
                RemoveSub(work, single, path.Sub);
            return;
        }

        var index = existing is JsonArray array ? work.Index(array, path.Name) : null;
        var hits = index?.Matching(filter) ?? [];
        foreach (var hit in hits)
        {
            if (path.Sub is null)
                index!.Remove(hit);
            else
                index!.Change(hit, () => RemoveSub(work, hit, path.Sub));
        }
    }

    private static void RemoveSub(PatchWork work, JsonNode existing, string sub)
    {
        foreach (var element in existing as JsonArray ?? Enumerable.Repeat<JsonNode?>(existing, 1))
        {
            if (element is not JsonObject complex)
                continue;
            work.Search(complex);
            ScimAttributes.Remove(complex, sub);
        }
    }

    /// <summary>Removes listed values: the form that clients use for members instead of a value filter.</summary>
    private static void RemoveValues(ElementIndex index, JsonNode value)
    {
        foreach (var unwanted in value as JsonArray ?? Enumerable.Repeat<JsonNode?>(value, 1))
        {
            var key = unwanted is JsonObject complex ? ScimAttributes.Find(complex, "value") : unwanted;
            if (key is null)
                throw new ScimException(400, "invalidValue", "a value to remove has no \"value\"");
            foreach (var element in index.WithValue(key))
                index.Remove(element);
        }
    }
}
