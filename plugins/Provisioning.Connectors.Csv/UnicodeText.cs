using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv;

/// <summary>Whether text has a UTF-8 form; half of a surrogate pair has none.</summary>
internal static class UnicodeText
{
    public static bool IsValid(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
                continue;
            if (i + 1 >= value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    /// <summary>Whether all names and texts of a document have a UTF-8 form.</summary>
    public static bool IsValid(JsonNode? node) => node switch
    {
        JsonObject parts => parts.All(part => IsValid(part.Key) && IsValid(part.Value)),
        JsonArray items => items.All(IsValid),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => IsValid(value.ToString()),
        _ => true,
    };
}
