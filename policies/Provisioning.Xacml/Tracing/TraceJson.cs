using System.Text;
using System.Text.Json;

namespace Provisioning.Xacml;

/// <summary>Writes a trace for programs.</summary>
internal static class TraceJson
{
    public static string Write(IEnumerable<TraceNode> nodes)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            Nodes(json, nodes);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Nodes(Utf8JsonWriter json, IEnumerable<TraceNode> nodes)
    {
        json.WriteStartArray();
        foreach (var node in nodes) Write(json, node);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, TraceNode node)
    {
        json.WriteStartObject();
        json.WriteString("kind", node.Kind.ToString());
        json.WriteString("id", node.Id);
        if (node.Version is not null) json.WriteString("version", node.Version);
        json.WriteString("file", node.File);
        json.WriteNumber("line", node.Line);
        json.WriteString("decision", node.Decision.ToString());
        json.WriteBoolean("decides", node.IsDecisive);
        if (node.Target is { } target) json.WriteString("target", target.ToString());
        if (node.Condition is { } condition) json.WriteBoolean("condition", condition);
        if (node.Reason is not null) json.WriteString("reason", node.Reason);
        if (node.Attributes.Count > 0)
        {
            json.WriteStartArray("attributes");
            foreach (var attribute in node.Attributes) Write(json, attribute);
            json.WriteEndArray();
        }

        if (node.Asked.Count > 0)
        {
            json.WritePropertyName("asked");
            Nodes(json, node.Asked);
        }

        if (node.Children.Count > 0)
        {
            json.WritePropertyName("children");
            Nodes(json, node.Children);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TracedAttribute attribute)
    {
        json.WriteStartObject();
        json.WriteString("category", attribute.Category);
        json.WriteString(attribute.IsPath ? "path" : "attributeId", attribute.AttributeId);
        json.WriteString("dataType", attribute.DataType);
        if (attribute.Issuer is not null) json.WriteString("issuer", attribute.Issuer);
        json.WriteBoolean("mustBePresent", attribute.MustBePresent);
        json.WriteStartArray("values");
        foreach (var value in attribute.Values) json.WriteStringValue(value);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
