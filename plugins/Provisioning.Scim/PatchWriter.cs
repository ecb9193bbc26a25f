using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>The add and replace operations with a path.</summary>
internal static class PatchWriter
{
    public static void Write(PatchWork work, JsonObject resource, PatchPath path, bool add, JsonNode value)
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
            work.Search(resource);
            container = ScimAttributes.Find(resource, path.Urn) as JsonObject;
            if (container is null)
                ScimAttributes.Set(resource, path.Urn, container = []);
            PatchRules.Announce(work, resource, path.Urn);
        }
        else if (path.IsExtension)
        {
            if (value is not JsonObject)
                throw Value($"{path.Name} needs an object");
            PatchRules.Announce(work, resource, path.Name);
        }

        if (path.Filter is not null)
            WriteElements(work, container, path, path.Filter, add, value);
        else if (path.Sub is not null)
            WriteSub(work, container, path.Name, path.Sub, value);
        else
            WriteAttribute(work, container, path.Name, add, value);
    }

    private static void WriteAttribute(PatchWork work, JsonObject container, string name, bool add, JsonNode value)
    {
        work.Search(container);
        value = PatchRules.Normalize(name, value);
        var existing = ScimAttributes.Find(container, name);
        if (existing is JsonArray || value is JsonArray || PatchRules.IsMultiValued(name))
        {
            var target = add && existing is JsonArray array ? array : [];
            var index = work.Index(target, name);
            foreach (var element in value as JsonArray ?? Enumerable.Repeat<JsonNode?>(value, 1))
                Append(work, index, element ?? throw Value($"{name} has a null element"));
            if (!ReferenceEquals(target, existing))
                ScimAttributes.Set(container, name, target);
        }
        else if (value is JsonObject changes && existing is JsonObject complex)
        {
            // Only the named sub-attributes change (RFC 7644, 3.5.2.3).
            foreach (var (key, change) in changes)
            {
                if (change is null)
                    Remove(work, complex, key);
                else
                    WriteAttribute(work, complex, key, add, change);
            }
        }
        else
        {
            if (existing is JsonObject && value is JsonValue)
                throw Value($"{name} needs an object");
            ScimAttributes.Set(container, name, value.DeepClone());
        }
    }

    private static void Remove(PatchWork work, JsonObject container, string name)
    {
        work.Search(container);
        ScimAttributes.Remove(container, name);
    }

    private static void Append(PatchWork work, ElementIndex index, JsonNode element)
    {
        var added = PatchRules.NormalizeElement(element.DeepClone());
        var twin = index.Twin(added);
        if (twin is null)
            index.Add(added);
        else if (twin is JsonObject known && added is JsonObject update)
            index.Change(known, () => Merge(work, known, update));
        index.KeepOnePrimary(twin ?? added);
    }

    private static void Merge(PatchWork work, JsonObject known, JsonObject update)
    {
        foreach (var (key, value) in update)
        {
            work.Search(known);
            ScimAttributes.Set(known, key, value?.DeepClone());
        }
    }

    private static void WriteSub(PatchWork work, JsonObject container, string name, string sub, JsonNode value)
    {
        work.Search(container);
        switch (ScimAttributes.Find(container, name))
        {
            case JsonArray array when work.Whole(array).Count > 0:
                foreach (var element in array)
                    SetSub(work, element, name, sub, value);
                break;
            case JsonObject complex:
                SetSub(work, complex, name, sub, value);
                break;
            case null or JsonArray:
                var created = new JsonObject();
                SetSub(work, created, name, sub, value);
                ScimAttributes.Set(container, name, PatchRules.IsMultiValued(name) ? new JsonArray(created) : created);
                break;
            default:
                throw new ScimException(400, "invalidPath", $"{name} has no sub-attributes");
        }
    }

    private static void WriteElements(PatchWork work, JsonObject container, PatchPath path, FilterNode filter, bool add, JsonNode value)
    {
        work.Search(container);
        var existing = ScimAttributes.Find(container, path.Name);
        if (existing is JsonObject single && work.Matches(filter, single))
        {
            WriteElement(work, single, path, add, value);
            return;
        }

        var hits = existing is JsonArray array ? work.Index(array, path.Name).Matching(filter) : [];
        if (hits.Count == 0)
        {
            // A value that the filter describes in full can be made from it. Entra replaces values that are not there yet, and gives up the whole patch when one is
            // refused. Only what stands for another resource is not made by the way.
            var created = new JsonObject();
            if ((!add && PatchRules.IsReference(path.Name)) || existing is not (null or JsonArray) || !Describe(filter, created))
                throw new ScimException(400, "noTarget", $"no value of {path.Name} matches the filter");
            if (existing is null)
                ScimAttributes.Set(container, path.Name, existing = new JsonArray());
            work.Index((JsonArray)existing, path.Name).Add(created);
            (hits, add) = ([created], true);
        }

        WriteHits(work, work.Index((JsonArray)existing!, path.Name), hits, path, add, value);
    }

    private static void WriteHits(PatchWork work, ElementIndex index, IReadOnlyList<JsonNode> hits, PatchPath path, bool add, JsonNode value)
    {
        if (path.Sub is null && value is JsonValue && hits.All(hit => hit is JsonValue))
        {
            index.Replace(hits, value);
            return;
        }

        foreach (var hit in hits)
        {
            index.Change(hit, () => WriteElement(work, hit, path, add, value));
            index.KeepOnePrimary(hit);
        }
    }

    private static void WriteElement(PatchWork work, JsonNode hit, PatchPath path, bool add, JsonNode value)
    {
        if (path.Sub is not null)
        {
            SetSub(work, hit, path.Name, path.Sub, value);
        }
        else if (hit is JsonObject complex && value is JsonObject update)
        {
            if (!add)
                complex.Clear();
            foreach (var (key, part) in update)
                SetSub(work, complex, path.Name, key, part);
        }
        else
        {
            throw Value($"a value of {path.Name} needs another type");
        }
    }

    private static void SetSub(PatchWork work, JsonNode? element, string name, string sub, JsonNode? value)
    {
        if (element is not JsonObject complex)
            throw new ScimException(400, "invalidPath", $"{name} has no sub-attributes");
        work.Search(complex);
        ScimAttributes.Set(complex, sub, value is null ? null : PatchRules.Normalize(sub, value).DeepClone());
    }

    private static bool Describe(FilterNode filter, JsonObject element)
    {
        if (filter is AndNode both)
            return Describe(both.Left, element) && Describe(both.Right, element);
        if (filter is not CompareNode { Operator: CompareOperator.Eq, Literal: { } literal, Path: { Sub: null, Urn: null } path })
            return false;
        element[path.Name] = PatchRules.Normalize(path.Name, literal).DeepClone();
        return true;
    }

    private static ScimException Value(string detail) => new(400, "invalidValue", detail);
}
