using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Scim;
using Provisioning.Xacml;

namespace Provisioning.Host.Authorization;

/// <summary>Who wants to do what to which resource, under which circumstances (Authorization API 1.0, section 5).</summary>
/// <param name="Subject">Has <c>type</c> and <c>id</c>, perhaps <c>properties</c>.</param>
/// <param name="Action">Has <c>name</c>, perhaps <c>properties</c>.</param>
/// <param name="Resource">Has <c>type</c> and <c>id</c>, perhaps <c>properties</c>.</param>
/// <param name="Context">The circumstances; may be missing.</param>
internal sealed record AuthZenQuestion(JsonNode? Subject, JsonNode? Action, JsonNode? Resource, JsonNode? Context)
{
    public static AuthZenQuestion Of(JsonObject body) => new(body["subject"], body["action"], body["resource"], body["context"]);

    /// <summary>This question, with what it leaves out taken from another.</summary>
    public AuthZenQuestion WithDefaults(AuthZenQuestion defaults) => new(
        Subject ?? defaults.Subject, Action ?? defaults.Action, Resource ?? defaults.Resource, Context ?? defaults.Context);

    /// <summary>The question in the terms of XACML: ids under the standard's identifiers, properties under their own names.</summary>
    /// <exception cref="ScimException">Something is missing or is not what it should be.</exception>
    public XacmlRequest ToRequest()
    {
        var builder = new XacmlRequestBuilder();
        var subject = Required(Subject, "subject");
        AddText(builder, Categories.AccessSubject, "urn:oasis:names:tc:xacml:1.0:subject:subject-id", subject, "subject", "id");
        AddText(builder, Categories.AccessSubject, "urn:provisioning:subject:type", subject, "subject", "type");
        AddProperties(builder, Categories.AccessSubject, subject["properties"], "subject.properties");

        var action = Required(Action, "action");
        AddText(builder, Categories.Action, "urn:oasis:names:tc:xacml:1.0:action:action-id", action, "action", "name");
        AddProperties(builder, Categories.Action, action["properties"], "action.properties");

        var resource = Required(Resource, "resource");
        AddText(builder, Categories.Resource, "urn:oasis:names:tc:xacml:1.0:resource:resource-id", resource, "resource", "id");
        AddText(builder, Categories.Resource, "urn:provisioning:resource:type", resource, "resource", "type");
        AddProperties(builder, Categories.Resource, resource["properties"], "resource.properties");

        AddProperties(builder, Categories.Environment, Context, "context");
        return builder.Build();
    }

    private static JsonObject Required(JsonNode? node, string name) => node switch
    {
        JsonObject found => found,
        null => throw Invalid($"'{name}' is missing"),
        _ => throw Invalid($"'{name}' must be an object"),
    };

    private static void AddText(XacmlRequestBuilder builder, string category, string attributeId, JsonObject owner, string ownerName, string name)
    {
        if (owner[name] is not JsonValue value || !value.TryGetValue<string>(out var text) || text.Length == 0)
            throw Invalid($"'{ownerName}.{name}' must be a text that is not empty");
        builder.Add(category, attributeId, DataType.String, text);
    }

    private static void AddProperties(XacmlRequestBuilder builder, string category, JsonNode? node, string name)
    {
        if (node is null)
            return;
        foreach (var (key, value) in Required(node, name))
            Add(builder, category, key, value);
    }

    private static void Add(XacmlRequestBuilder builder, string category, string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject complex:
                foreach (var (name, value) in complex)
                    Add(builder, category, $"{path}.{name}", value);
                break;
            case JsonArray values:
                foreach (var value in values)
                    Add(builder, category, path, value);
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                builder.Add(category, path, DataType.Boolean, value.GetValue<bool>());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                AddNumber(builder, category, path, value);
                break;
            case JsonValue value:
                builder.Add(category, path, DataType.String, value.GetValue<string>());
                break;
        }
    }

    private static void AddNumber(XacmlRequestBuilder builder, string category, string path, JsonValue value)
    {
        if (value.TryGetValue<long>(out var whole))
            builder.Add(category, path, DataType.Integer, (Integer)whole);
        else
            builder.Add(category, path, DataType.Double, value.GetValue<double>());
    }

    private static ScimException Invalid(string message) => new(400, "invalidValue", message);
}
