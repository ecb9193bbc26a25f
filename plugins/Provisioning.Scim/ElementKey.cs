using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Writes JSON as a text that is the same for equal values, so that elements can be found by hash.</summary>
internal static class ElementKey
{
    /// <summary>
    /// What makes an element of a multi-valued attribute the same as another one: references are the same by their id, others by value and
    /// type, and what has no value by all that it has.
    /// </summary>
    public static string OfIdentity(string attribute, JsonNode element)
    {
        if (element is not JsonObject complex || ScimAttributes.Find(complex, "value") is not { } value)
            return "e" + Of(element);
        return PatchRules.IsReference(attribute) ? "v" + Of(value) : $"v{Of(value)}{Of(ScimAttributes.Find(complex, "type"))}";
    }

    /// <summary>The <c>value</c> of an element, or the element itself when it is a simple one; null when there is none.</summary>
    public static string? OfValue(JsonNode element) =>
        (element is JsonObject complex ? ScimAttributes.Find(complex, "value") : element) is { } value ? Of(value) : null;

    /// <summary>Equal values have equal texts: the order of properties and the way to write a number make no difference.</summary>
    public static string Of(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case null:
                text.Append('n');
                break;
            case JsonArray array:
                text.Append('[');
                foreach (var element in array)
                    Write(element, text);
                text.Append(']');
                break;
            case JsonObject complex:
                text.Append('{');
                foreach (var (name, value) in complex.OrderBy(static property => property.Key, StringComparer.Ordinal))
                {
                    WriteText(name, text);
                    Write(value, text);
                }

                text.Append('}');
                break;
            case JsonValue value:
                WriteSimple(value, text);
                break;
        }
    }

    private static void WriteSimple(JsonValue value, StringBuilder text)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                text.Append('t');
                break;
            case JsonValueKind.False:
                text.Append('f');
                break;
            case JsonValueKind.Number:
                text.Append('#').Append(Number(value.ToJsonString())).Append(';');
                break;
            default:
                WriteText(value.ToString(), text);
                break;
        }
    }

    // The length goes first, so that no text can look like two.
    private static void WriteText(string value, StringBuilder text) =>
        text.Append('s').Append(CultureInfo.InvariantCulture, $"{value.Length}:").Append(value);

    // Digits without zeros at either end, and the power of ten.
    private static string Number(string json)
    {
        var mark = json.IndexOfAny(['e', 'E']);
        var mantissa = mark < 0 ? json : json[..mark];
        var exponent = 0L;
        if (mark >= 0 && (!long.TryParse(json.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > int.MaxValue))
            return json;
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var all = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('-').TrimStart('0');
        var digits = all.TrimEnd('0');
        if (digits.Length == 0)
            return "0";
        var power = exponent - (point < 0 ? 0 : mantissa.Length - point - 1) + (all.Length - digits.Length);
        return string.Create(CultureInfo.InvariantCulture, $"{(mantissa[0] == '-' ? "-" : "")}{digits}e{power}");
    }
}
