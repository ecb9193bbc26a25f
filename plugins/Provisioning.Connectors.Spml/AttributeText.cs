using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Spml;

/// <summary>Turns attribute values into text and back.</summary>
internal static class AttributeText
{
    /// <summary>The values of a simple or multi-valued attribute, or null when one of them is complex.</summary>
    public static IReadOnlyList<string>? Values(JsonNode? node)
    {
        var values = new List<string>();
        foreach (var item in node as JsonArray ?? [node?.DeepClone()])
        {
            if (item is JsonValue value)
                values.Add(Text(value));
            else if (item is not null)
                return null;
        }

        return values;
    }

    /// <summary>One value alone, several as an array.</summary>
    public static JsonNode? Node(IReadOnlyList<JsonNode?> values) => values.Count switch
    {
        0 => null,
        1 => values[0],
        _ => new JsonArray([.. values]),
    };

    public static string Text(JsonValue value) =>
        value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
