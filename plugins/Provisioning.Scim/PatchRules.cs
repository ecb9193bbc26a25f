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
            if (ScimAttributes.Flag(value) is { } flag)
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

    /// <summary>Elements of this attribute stand for resources, and are the same when they stand for the same one.</summary>
    public static bool IsReference(string name) => Is(name, "members") || Is(name, "groups");

    public static bool IsPrimary(JsonNode? element) =>
        element is JsonObject complex && ScimAttributes.Find(complex, "primary") is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>Names an extension in the resource's schemas.</summary>
    public static void Announce(PatchWork work, JsonObject resource, string urn)
    {
        if (ScimAttributes.Find(resource, "schemas") is JsonArray schemas
            && !work.Whole(schemas).Any(schema => ScimAttributes.Text(schema) is { } text && Is(text, urn)))
            schemas.Add(urn);
    }

    public static void Retract(PatchWork work, JsonObject resource, string urn)
    {
        if (ScimAttributes.Find(resource, "schemas") is JsonArray schemas)
            work.Whole(schemas).RemoveAll(schema => ScimAttributes.Text(schema) is { } text && Is(text, urn));
    }

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
