using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Http;

/// <summary>Reads JSON that others wrote.</summary>
public static class JsonText
{
    // Duplicate names would otherwise surface as another exception when an object is first read.
    private static readonly JsonDocumentOptions s_options = new() { AllowDuplicateProperties = false };

    /// <summary>The document, or null when the text is none: proxies answer with HTML.</summary>
    public static JsonNode? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            return JsonNode.Parse(text, documentOptions: s_options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A non-empty string, or null when there is none by this name.</summary>
    public static string? Text(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    /// <summary>The objects of an array, or none when there is no array by this name.</summary>
    public static IReadOnlyList<JsonObject> Objects(this JsonObject json, string name) =>
        json[name] is JsonArray array ? [.. array.OfType<JsonObject>()] : [];

    /// <summary>A boolean, or null when there is none by this name.</summary>
    public static bool? Flag(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    /// <summary>The texts of an array, or of a value that stands alone; none when there is neither.</summary>
    public static IReadOnlyList<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => [.. list.Select(item => item?.ToString()).OfType<string>()],
        JsonValue value => [value.ToString()],
        _ => [],
    };
}
