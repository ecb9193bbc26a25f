using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Makes attributes fit what a target takes.</summary>
internal sealed class BodyRules(Dialect dialect)
{
    /// <summary>The attributes of a new object, as they may be sent.</summary>
    public JsonObject Fit(ResourceType type, JsonObject attributes)
    {
        var fitting = new JsonObject();
        foreach (var (name, value) in attributes)
        {
            if (value is not null && Takes(type, name))
                fitting[name] = Fit(name, value);
        }

        return fitting;
    }

    /// <summary>The changes that may be sent.</summary>
    public IReadOnlyList<AttributeChange> Fit(ResourceType type, IReadOnlyList<AttributeChange> changes) =>
    [
        .. changes.Where(change => Takes(type, change.Attribute))
            .Select(change => change.Value is { } value && change.SubAttribute is null ? change with { Value = Fit(change.Attribute, value) } : change),
    ];

    /// <summary>The change that writes our marker; none when a mapping writes <c>externalId</c> itself, as at creation.</summary>
    public IEnumerable<AttributeChange> Marker(ResourceType type, AccountDelta? delta) =>
        delta is { Marker: { } marker } && ScimAttributes.Find(delta.Desired, "externalId") is null
            ? Fit(type, [new AttributeChange("externalId", null, marker)])
            : [];

    /// <summary>The changes that enable or disable an account.</summary>
    public IEnumerable<AttributeChange> Enabled(bool? enabled)
    {
        if (enabled is not { } state)
            return [];
        if (dialect.DisabledAttribute is not { } path)
            return [new AttributeChange("active", null, state)];
        var (attribute, sub) = Split(path);
        return [new AttributeChange(attribute, sub, !state)];
    }

    /// <summary>Whether a resource is enabled, or null when it does not say.</summary>
    public bool? IsEnabled(JsonObject resource)
    {
        var (attribute, sub) = Split(dialect.DisabledAttribute ?? "active");
        var node = ScimAttributes.Find(resource, attribute);
        if (sub is not null)
            node = node is JsonObject complex ? ScimAttributes.Find(complex, sub) : null;
        return bool.TryParse(node?.ToString(), out var flag) ? flag == dialect.DisabledAttribute is null : null;
    }

    /// <summary>Throws when a new user lacks what the target insists on, naming all that is missing.</summary>
    public void CheckRequired(JsonObject attributes)
    {
        var missing = dialect.Required.Where(path => IsEmpty(attributes, path)).ToList();
        if (missing.Count > 0)
            throw new ConnectorException(FailureKind.Rejected, $"the target refuses users without '{string.Join("', '", missing)}': map them");
    }

    /// <summary>Writes booleans as strings where the target reads no others.</summary>
    public JsonObject Spell(JsonObject body)
    {
        if (dialect.StringBooleans)
            Spell((JsonNode)body);
        return body;
    }

    private static (string Attribute, string? Sub) Split(string path)
    {
        var divider = path.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) ? path.LastIndexOf(':') : path.IndexOf('.', StringComparison.Ordinal);
        return divider < 0 ? (path, null) : (path[..divider], path[(divider + 1)..]);
    }

    private static void Spell(JsonNode node)
    {
        if (node is JsonObject complex)
        {
            foreach (var (name, value) in complex.ToList())
            {
                if (value is JsonValue flag && flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
                    complex[name] = flag.GetValue<bool>() ? "True" : "False";
                else if (value is not null)
                    Spell(value);
            }
        }
        else if (node is JsonArray array)
        {
            foreach (var item in array.OfType<JsonNode>())
                Spell(item);
        }
    }

    private static bool IsEmpty(JsonObject attributes, string path)
    {
        var (attribute, sub) = Split(path);
        var node = ScimAttributes.Find(attributes, attribute);
        if (sub is not null)
            node = node is JsonObject complex ? ScimAttributes.Find(complex, sub) : null;
        return node is null or JsonArray { Count: 0 } || (node is JsonValue value && value.ToString().Length == 0);
    }

    private static bool Names(IReadOnlyList<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private bool Takes(ResourceType type, string name) =>
        !Names(dialect.Excluded, name) && (type == ResourceType.User || dialect.GroupAttributes is not { } allowed || Names(allowed, name));

    private JsonNode Fit(string name, JsonNode value)
    {
        if (value is not JsonArray { Count: > 1 } values)
            return value.DeepClone();
        if (Names(dialect.SingleValued, name))
            return new JsonArray((values.FirstOrDefault(IsPrimary) ?? values[0])?.DeepClone());
        return Names(dialect.UniqueTypes, name)
            ? new JsonArray([.. values.OrderByDescending(IsPrimary).DistinctBy(Type).Select(item => item?.DeepClone())])
            : value.DeepClone();
    }

    private static bool IsPrimary(JsonNode? item) => item is JsonObject complex && ScimAttributes.Find(complex, "primary")?.ToString() == "true";

    private static string? Type(JsonNode? item) => item is JsonObject complex ? ScimAttributes.Find(complex, "type")?.ToString() : null;
}
