using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>What patching has to know about the core schemas.</summary>
internal static class PatchRules
{
    private static readonly HashSet<string> s_multiValued = new(StringComparer.OrdinalIgnoreCase)
    {
        "emails", "phoneNumbers", "ims", "photos", "addresses", "groups", "entitlements", "roles", "x509Certificates", "members", "schemas",
    };

    public static bool IsMultiValued(string name) => s_multiValued.Contains(name);

    public static bool IsReadOnly(string name) => Is(name, "id") || Is(name, "meta");

    public static bool IsRequired(string name) => IsReadOnly(name) || Is(name, "userName") || Is(name, "schemas");

    /// <summary>Repairs what clients commonly send in another type.</summary>
    public static JsonNode Normalize(string name, JsonNode value)
    {
        if (Is(name, "active") || Is(name, "primary"))
        {
            if (value.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
                return value;
            if (bool.TryParse(ScimAttributes.Text(value), out var flag))
                return JsonValue.Create(flag);
            throw new ScimException(400, "invalidValue", $"{name} needs a boolean");
        }

        // The manager is complex, but its bare id is a frequent value.
        return Is(name, "manager") && ScimAttributes.Text(value) is { } id ? new JsonObject { ["value"] = id } : value;
    }

    public static JsonNode NormalizeElement(JsonNode element)
    {
        if (element is JsonObject complex && ScimAttributes.ActualName(complex, "primary") is { } primary && complex[primary] is { } flag)
        {
            var normal = Normalize(primary, flag);
            if (!ReferenceEquals(normal, flag))
                complex[primary] = normal;
        }

        return element;
    }

    /// <summary>Whether an element is there already: references by their id, others by value and type.</summary>
    public static bool IsSame(string name, JsonNode? left, JsonNode? right)
    {
        if (left is not JsonObject one || right is not JsonObject other)
            return JsonNode.DeepEquals(left, right);
        var value = ScimAttributes.Find(one, "value");
        if (value is null || !JsonNode.DeepEquals(value, ScimAttributes.Find(other, "value")))
            return value is null && JsonNode.DeepEquals(one, other);
        return Is(name, "members") || Is(name, "groups")
            || JsonNode.DeepEquals(ScimAttributes.Find(one, "type"), ScimAttributes.Find(other, "type"));
    }

    public static void KeepOnePrimary(JsonArray array, JsonNode? changed)
    {
        if (!IsPrimary(changed))
            return;
        foreach (var element in array)
        {
            if (!ReferenceEquals(element, changed) && IsPrimary(element))
                ScimAttributes.Set((JsonObject)element!, "primary", false);
        }
    }

    /// <summary>Names an extension in the resource's schemas.</summary>
    public static void Announce(JsonObject resource, string urn)
    {
        if (ScimAttributes.Find(resource, "schemas") is JsonArray schemas
            && !schemas.Any(schema => ScimAttributes.Text(schema) is { } text && Is(text, urn)))
            schemas.Add(urn);
    }

    public static void Retract(JsonObject resource, string urn)
    {
        if (ScimAttributes.Find(resource, "schemas") is JsonArray schemas)
            schemas.RemoveAll(schema => ScimAttributes.Text(schema) is { } text && Is(text, urn));
    }

    private static bool IsPrimary(JsonNode? element) =>
        element is JsonObject complex && ScimAttributes.Find(complex, "primary") is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
