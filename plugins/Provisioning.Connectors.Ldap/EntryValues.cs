using System.DirectoryServices.Protocols;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Ldap;

/// <summary>JSON values as LDAP values, and back.</summary>
internal sealed class EntryValues(IEnumerable<string> binary)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly HashSet<string> _binary = new(binary, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<string> Texts(DirectoryAttribute? attribute) =>
        attribute is null ? [] : [.. attribute.GetValues(typeof(byte[])).Cast<byte[]>().Select(Encoding.UTF8.GetString)];

    public static string? First(DirectoryAttribute? attribute) => Texts(attribute) is [var first, ..] ? first : null;

    /// <summary>The first value as a GUID; null when there is none, or it is none.</summary>
    public static Guid? Guid(DirectoryAttribute? attribute) =>
        attribute is { Count: > 0 } && attribute.GetValues(typeof(byte[]))[0] is byte[] { Length: 16 } bytes ? new Guid(bytes) : null;

    /// <summary>The texts of a value, alone or several; none of what is no text.</summary>
    public static IReadOnlyList<string> Several(JsonNode? value) => value switch
    {
        JsonArray list => [.. list.SelectMany(Several)],
        JsonObject { Count: > 0 } entry when entry["value"] is JsonValue inner => Several(inner),
        JsonValue text when text.GetValueKind() == JsonValueKind.String && text.ToString() is { Length: > 0 } plain => [plain],
        _ => [],
    };

    /// <summary>The values to write; none for null and for empty text, which a directory cannot hold.</summary>
    public IReadOnlyList<byte[]> Write(string attribute, JsonNode? value)
    {
        if (value is JsonArray several)
            return [.. several.SelectMany(item => Write(attribute, item))];
        var text = Text(attribute, value);
        if (text.Length == 0)
            return [];
        if (!_binary.Contains(attribute))
            return [Strict.GetBytes(text)];
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? [bytes[..length]]
            : throw new ConnectorException(FailureKind.Rejected, $"the value of '{attribute}' is not base 64");
    }

    /// <summary>One value as text, several as an array, bytes in base 64.</summary>
    public JsonNode? Read(DirectoryAttribute attribute)
    {
        var values = attribute.GetValues(typeof(byte[])).Cast<byte[]>().Select(value => Text(attribute.Name, value)).ToList();
        return values.Count == 1 ? JsonValue.Create(values[0]) : new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
    }

    private static string Text(string attribute, JsonNode? value) => value?.GetValueKind() switch
    {
        null => "",
        JsonValueKind.True => "TRUE",
        JsonValueKind.False => "FALSE",
        // An entry of a SCIM list, such as an e-mail address.
        JsonValueKind.Object when value["value"] is JsonValue inner => Text(attribute, inner),
        JsonValueKind.Object => throw new ConnectorException(
            FailureKind.Rejected, $"the attribute '{attribute}' is an object, which a directory cannot hold; map its parts to attributes"),
        _ => value.ToString(),
    };

    private string Text(string attribute, byte[] value)
    {
        if (_binary.Contains(attribute))
            return Convert.ToBase64String(value);
        try
        {
            return Strict.GetString(value);
        }
        catch (DecoderFallbackException)
        {
            return Convert.ToBase64String(value);
        }
    }
}
