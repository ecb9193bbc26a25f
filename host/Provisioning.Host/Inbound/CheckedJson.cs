using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>
/// Reads JSON from outside. Every name and every text is checked here, once: the parser itself looks at a text only when somebody reads it, and
/// would fail far away from the caller who sent it.
/// </summary>
internal static class CheckedJson
{
    private const int MaxDepth = 32;

    /// <summary>In one object. To look for an attribute is to go through them.</summary>
    private const int MaxProperties = 1000;

    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <param name="namesIgnoreCase">The names of attributes are the same without regard to case, so two spellings of one are one too many.</param>
    /// <exception cref="ScimException">400 <c>invalidSyntax</c>: it is no JSON object, or has text that is no Unicode, or a name twice.</exception>
    public static JsonObject ReadObject(ReadOnlyMemory<byte> json, bool namesIgnoreCase)
    {
        var text = json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        try
        {
            Check(text.Span, namesIgnoreCase);
            return JsonNode.Parse(text.Span, documentOptions: new() { MaxDepth = MaxDepth }) as JsonObject ?? throw Syntax("what was sent must be a JSON object");
        }
        catch (JsonException exception)
        {
            throw Syntax($"what was sent is no valid JSON: {exception.Message}");
        }
    }

    /// <summary>False if a text or a name is no Unicode. What is no JSON at all is for others to find.</summary>
    public static bool IsText(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            return false;
        if (json.IndexOf("\\u"u8) < 0)
            return true;
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (!IsText(ref reader))
                    return false;
            }
        }
        catch (JsonException)
        {
            return true;
        }

        return true;
    }

    private static void Check(ReadOnlySpan<byte> json, bool namesIgnoreCase)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        var names = new PropertyNames(namesIgnoreCase, MaxProperties);
        while (reader.Read())
        {
            if (!IsText(ref reader))
                throw Syntax(reader.TokenType == JsonTokenType.PropertyName
                    ? "the name of an attribute is no Unicode text (bytes that are no UTF-8, or half of a character)"
                    : $"the value of '{names.Last}' is no Unicode text (bytes that are no UTF-8, or half of a character)");
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    names.Enter();
                    break;
                case JsonTokenType.EndObject:
                    names.Leave();
                    break;
                case JsonTokenType.PropertyName when names.Add(reader.GetString()!) is { } problem:
                    throw Syntax(problem);
                default:
                    break;
            }
        }
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
            return true;
        if (!reader.ValueIsEscaped)
            return Utf8.IsValid(reader.ValueSpan);
        try
        {
            reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static ScimException Syntax(string detail) => new(400, "invalidSyntax", detail);
}
