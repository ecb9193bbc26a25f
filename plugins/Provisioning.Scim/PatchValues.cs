using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Copies values into a resource. Entra writes <c>"False"</c> where the schema has a boolean.</summary>
internal static class PatchValues
{
    public static JsonNode Normalize(string name, JsonNode value)
    {
        if (value is JsonObject complex)
        {
            var copy = new JsonObject();
            foreach (var (sub, item) in complex)
                if (item is not null) copy[sub] = Normalize(sub, item);
            return copy;
        }
        var isBoolean = name.Equals("active", StringComparison.OrdinalIgnoreCase) || name.Equals("primary", StringComparison.OrdinalIgnoreCase);
        if (!isBoolean || value.GetValueKind() is JsonValueKind.True or JsonValueKind.False) return value.DeepClone();
        if (value.GetValueKind() == JsonValueKind.String && bool.TryParse(value.GetValue<string>(), out var flag)) return JsonValue.Create(flag);
        throw new ScimException(400, "invalidValue", $"'{name}' must be true or false");
    }
}
