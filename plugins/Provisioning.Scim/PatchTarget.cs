using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>The place in a resource that an operation's path leads to.</summary>
internal sealed class PatchTarget(JsonObject resource, ScimPath path)
{
    public void Apply(PatchKind kind, JsonNode? value)
    {
        // "replace" with null unassigns (RFC 7643, section 2.5: null and unassigned are the same).
        if (kind == PatchKind.Remove) Remove(value);
        else if (value is null) { if (kind == PatchKind.Replace) Remove(null); }
        else if (path.Attribute is null) WholeExtension(kind, value);
        else if (path.Filter is not null) Filtered(kind, value);
        else if (path.SubAttribute is not null) SubAttribute(kind, value);
        else Plain(Holder(), path.Attribute, kind, value);
    }

    private JsonObject Holder()
    {
        if (path.Holder(resource) is { } holder) return holder;
        ScimAttributes.Set(resource, path.Schema!, holder = []);
        return holder;
    }

    private void WholeExtension(PatchKind kind, JsonNode value)
    {
        if (value is not JsonObject attributes) throw Invalid("an extension needs an object as its value");
        foreach (var (name, item) in attributes) new PatchTarget(resource, new ScimPath(path.Schema, name, null, null)).Apply(kind, item);
    }

    private static void Plain(JsonObject holder, string name, PatchKind kind, JsonNode value)
    {
        var current = ScimAttributes.Find(holder, name);
        if (current is JsonArray || value is JsonArray)
        {
            if (kind == PatchKind.Replace || current is null) ScimAttributes.Set(holder, name, MultiValue.Unique(value));
            else if (current is JsonArray values) MultiValue.Add(values, value);
            else throw new ScimException(400, "invalidValue", $"'{name}' has one value");
        }
        else if (current is JsonObject complex && value is JsonObject changes)
        {
            // Sub-attributes that the request does not name stay as they are.
            foreach (var (sub, item) in changes)
            {
                if (item is not null) Plain(complex, sub, kind, item);
                else if (kind == PatchKind.Replace) ScimAttributes.Remove(complex, sub);
            }
        }
        else
        {
            ScimAttributes.Set(holder, name, PatchValues.Normalize(name, value));
        }
    }

    private void SubAttribute(PatchKind kind, JsonNode value)
    {
        var holder = Holder();
        switch (ScimAttributes.Find(holder, path.Attribute!))
        {
            case null:
                var created = new JsonObject();
                Plain(created, path.SubAttribute!, kind, value);
                ScimAttributes.Set(holder, path.Attribute!, created);
                break;
            case JsonObject complex:
                Plain(complex, path.SubAttribute!, kind, value);
                break;
            case JsonArray values when values.OfType<JsonObject>().Any():
                Change(values, values.OfType<JsonObject>().ToList(), kind, value);
                break;
            default:
                throw NoTarget();
        }
    }

    private void Filtered(PatchKind kind, JsonNode value)
    {
        var holder = Holder();
        var current = ScimAttributes.Find(holder, path.Attribute!);
        var values = current as JsonArray ?? [];
        var matches = current is JsonObject single && path.Filter!.MatchesValue(single) ? [single]
            : values.OfType<JsonObject>().Where(path.Filter!.MatchesValue).ToList();
        if (matches.Count == 0)
        {
            // Entra adds emails[type eq "work"].value to users without a work address and means: make one.
            if (kind != PatchKind.Add || current is JsonObject || path.Filter!.ImpliedValue() is not { } implied) throw NoTarget();
            if (current is null) ScimAttributes.Set(holder, path.Attribute!, values);
            values.Add((JsonNode)implied);
            matches = [implied];
        }
        Change(values, matches, kind, value);
    }

    private void Change(JsonArray values, List<JsonObject> targets, PatchKind kind, JsonNode value)
    {
        foreach (var target in targets)
        {
            if (path.SubAttribute is { } sub) Plain(target, sub, kind, value);
            else if (value is JsonObject changes) MultiValue.Merge(target, changes, replace: kind == PatchKind.Replace);
            else throw Invalid("the selected values need an object");
        }
        MultiValue.KeepOnePrimary(values, targets);
    }

    private void Remove(JsonNode? value)
    {
        var holder = path.Holder(resource);
        if (holder is null) return;
        if (path.Attribute is null)
        {
            ScimAttributes.Remove(resource, path.Schema!);
            return;
        }
        var current = ScimAttributes.Find(holder, path.Attribute);
        if (current is JsonArray values) RemoveFrom(values, value);
        else if (current is JsonObject complex && path.Filter?.MatchesValue(complex) != false && path.SubAttribute is { } sub) ScimAttributes.Remove(complex, sub);
        else if (path.SubAttribute is null && (path.Filter is null || (current is not null && path.Filter.MatchesValue(current)))) ScimAttributes.Remove(holder, path.Attribute);
        if (ScimAttributes.Find(holder, path.Attribute) is JsonArray { Count: 0 } or JsonObject { Count: 0 }) ScimAttributes.Remove(holder, path.Attribute);
    }

    // Entra's older dialect names members to remove in the value: it must not be read as "remove all members".
    private void RemoveFrom(JsonArray values, JsonNode? value)
    {
        if (path.SubAttribute is { } sub)
        {
            foreach (var item in values.OfType<JsonObject>())
                if (path.Filter?.MatchesValue(item) != false) ScimAttributes.Remove(item, sub);
        }
        else if (path.Filter is not null)
        {
            values.RemoveAll(item => item is not null && path.Filter.MatchesValue(item));
        }
        else if (value is not null)
        {
            MultiValue.Remove(values, value);
        }
        else
        {
            values.Clear();
        }
    }

    private ScimException NoTarget() => new(400, "noTarget", $"nothing matches '{path}'");

    private ScimException Invalid(string reason) => new(400, "invalidValue", $"'{path}': {reason}");
}
