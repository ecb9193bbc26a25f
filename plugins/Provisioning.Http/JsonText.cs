using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>Reads JSON that others wrote.</summary>
public static class JsonText
{
    // Duplicate names would otherwise surface as another exception when an object is first read.
    private static readonly JsonDocumentOptions s_options = new() { AllowDuplicateProperties = false };
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The document, or null when the text is none: proxies answer with HTML. Every name and value in it is proper Unicode.</summary>
    public static JsonNode? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            var bytes = s_strict.GetBytes(text);
            return IsUnicode(bytes) ? JsonNode.Parse(bytes, documentOptions: s_options) : null;
        }
        catch (Exception failure) when (failure is JsonException or EncoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>A non-empty string, or null when there is none by this name.</summary>
    public static string? Text(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    /// <summary>The id of an object, or null when there is none by this name that can be kept.</summary>
    public static string? Id(this JsonObject json, string name = "id") => Addresses.Id(json.Text(name));

    /// <summary>The objects of an array, or none when there is no array by this name.</summary>
    public static IReadOnlyList<JsonObject> Objects(this JsonObject json, string name) =>
        json[name] is JsonArray array ? [.. array.OfType<JsonObject>()] : [];

    /// <summary>The objects of a page of a listing.</summary>
    /// <exception cref="ConnectorException"><see cref="FailureKind.Transient"/> when there is no array, or an entry is no object: leaving it out would hide one.</exception>
    public static IReadOnlyList<JsonObject> Listed(JsonNode? entries) => entries is JsonArray array && array.All(entry => entry is JsonObject)
        ? [.. array.OfType<JsonObject>()]
        : throw new ConnectorException(FailureKind.Transient, "the listing has an entry that is no object");

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

    // A document is read lazily: half of a surrogate pair would fail only when the value is first looked at.
    private static bool IsUnicode(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    _ = reader.GetString();
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
