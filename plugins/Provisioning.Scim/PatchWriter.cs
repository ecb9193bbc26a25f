using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>The add and replace operations with a path.</summary>
internal static class PatchWriter
{
    public static void Write(JsonObject resource, PatchPath path, bool add, JsonNode value)
    {
        if (path.Urn is null && path.Filter is null && PatchRules.IsReadOnly(path.Name))
        {
            var same = path.Sub is null && JsonNode.DeepEquals(ScimAttributes.Find(resource, path.Name), value);
            if (same)
                return;
            throw new ScimException(400, "mutability", $"{path.Name} is read-only");
        }

        var container = resource;
        if (path.Urn is not null)
        {
            container = ScimAttributes.Find(resource, path.Urn) as JsonObject;
            if (container is null)
                ScimAttributes.Set(resource, path.Urn, container = []);
            PatchRules.Announce(resource, path.Urn);
        }
        else if (path.IsExtension)
        {
            if (value is not JsonObject)
                throw Value($"{path.Name} needs an object");
            PatchRules.Announce(resource, path.Name);
        }

        if (path.Filter is not null)
            WriteElements(container, path, path.Filter, add, value);
        else if (path.Sub is not null)
            WriteSub(container, path.Name, path.Sub, value);
        else
            WriteAttribute(container, path.Name, add, value);
    }

    private static void WriteAttribute(JsonObject container, string name, bool add, JsonNode value)
    {
        value = PatchRules.Normalize(name, value);
        var existing = ScimAttributes.Find(container, name);
        if (existing is JsonArray || value is JsonArray || PatchRules.IsMultiValued(name))
        {
            var target = add && existing is JsonArray array ? array : [];
            foreach (var element in value is JsonArray elements ? elements : [value.DeepClone()])
                Append(target, name, element ?? throw Value($"{name} has a null element"));
            if (!ReferenceEquals(target, existing))
                ScimAttributes.Set(container, name, target);
        }
        else if (value is JsonObject changes && existing is JsonObject complex)
        {
            // Only the named sub-attributes change (RFC 7644, 3.5.2.3).
            foreach (var (key, change) in changes)
            {
                if (change is null)
                    ScimAttributes.Remove(complex, key);
                else
                    WriteAttribute(complex, key, add, change);
            }
        }
        else
        {
            if (existing is JsonObject && value is JsonValue)
                throw Value($"{name} needs an object");
            ScimAttributes.Set(container, name, value.DeepClone());
        }
    }

    private static void Append(JsonArray target, string name, JsonNode element)
    {
        var added = PatchRules.NormalizeElement(element.DeepClone());
        var twin = target.FirstOrDefault(candidate => PatchRules.IsSame(name, candidate, added));
        if (twin is null)
        {
            target.Add(added);
            twin = added;
        }
        else if (twin is JsonObject known && added is JsonObject update)
        {
            foreach (var (key, value) in update)
                ScimAttributes.Set(known, key, value?.DeepClone());
        }

        PatchRules.KeepOnePrimary(target, twin);
    }

    private static void WriteSub(JsonObject container, string name, string sub, JsonNode value)
    {
        switch (ScimAttributes.Find(container, name))
        {
            case JsonArray { Count: > 0 } array:
                foreach (var element in array)
                    SetSub(element, name, sub, value);
                break;
            case JsonObject complex:
                SetSub(complex, name, sub, value);
                break;
            case null or JsonArray:
                var created = new JsonObject();
                SetSub(created, name, sub, value);
                ScimAttributes.Set(container, name, PatchRules.IsMultiValued(name) ? new JsonArray(created) : created);
                break;
            default:
                throw new ScimException(400, "invalidPath", $"{name} has no sub-attributes");
        }
    }

    private static void WriteElements(JsonObject container, PatchPath path, FilterNode filter, bool add, JsonNode value)
    {
        var existing = ScimAttributes.Find(container, path.Name);
        var array = existing as JsonArray;
        var hits = array?.Where(element => ElementNode.MatchesElement(filter, element)).ToList() ?? [];
        if (hits.Count == 0 && existing is JsonObject single && filter.Matches(single))
            hits.Add(single);
        if (hits.Count == 0)
        {
            // An added value that the filter describes in full can be made from it; clients rely on that.
            var created = new JsonObject();
            if (!add || existing is not (null or JsonArray) || !Describe(filter, created))
                throw new ScimException(400, "noTarget", $"no value of {path.Name} matches the filter");
            if (array is null)
                ScimAttributes.Set(container, path.Name, array = []);
            array.Add((JsonNode)created);
            hits.Add(created);
        }

        foreach (var hit in hits)
        {
            var changed = hit;
            if (path.Sub is not null)
            {
                SetSub(hit, path.Name, path.Sub, value);
            }
            else if (hit is JsonObject complex && value is JsonObject update)
            {
                if (!add)
                    complex.Clear();
                foreach (var (key, part) in update)
                    SetSub(complex, path.Name, key, part);
            }
            else if (hit is JsonValue && value is JsonValue)
            {
                array![array.IndexOf(hit)] = changed = value.DeepClone();
            }
            else
            {
                throw Value($"a value of {path.Name} needs another type");
            }

            if (array is not null)
                PatchRules.KeepOnePrimary(array, changed);
        }
    }

    private static void SetSub(JsonNode? element, string name, string sub, JsonNode? value)
    {
        if (element is not JsonObject complex)
            throw new ScimException(400, "invalidPath", $"{name} has no sub-attributes");
        ScimAttributes.Set(complex, sub, value is null ? null : PatchRules.Normalize(sub, value).DeepClone());
    }

    private static bool Describe(FilterNode filter, JsonObject element)
    {
        if (filter is AndNode both)
            return Describe(both.Left, element) && Describe(both.Right, element);
        if (filter is not CompareNode { Operator: CompareOperator.Eq, Literal: { } literal, Path: { Sub: null, Urn: null } path })
            return false;
        element[path.Name] = literal.DeepClone();
        return true;
    }

    private static ScimException Value(string detail) => new(400, "invalidValue", detail);
}
