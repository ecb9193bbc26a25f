using System.Globalization;
using System.Numerics;
using System.Xml;

namespace Provisioning.Xacml.Testing;

/// <summary>
/// Values in a form that is equal if the values are. Written apart from the engine on purpose: a fault in the engine's own equality
/// must not hide itself.
/// </summary>
internal static class CanonicalValue
{
    public static string Of(string? dataType, string lexical)
    {
        var name = Name(dataType ?? DataTypes.String);
        try
        {
            return $"{name} '{Canonical(name, lexical)}'";
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return $"{name} '{lexical.Trim()}'";
        }
    }

    /// <summary>An XPath expression; white space around and line breaks within do not change what it selects.</summary>
    public static string OfXPath(string expression, string? category) =>
        $"xpathExpression '{string.Join(' ', expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}' in {category}";

    // The short names of the JSON profile and the identifiers of earlier versions name the same types.
    private static string Name(string dataType) => dataType[(dataType.LastIndexOfAny(['#', ':']) + 1)..];

    private static string Canonical(string name, string lexical)
    {
        var text = lexical.Trim();
        return name switch
        {
            "string" => lexical,
            "integer" => BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
            "double" => XmlConvert.ToDouble(text).ToString("R", CultureInfo.InvariantCulture),
            "boolean" => XmlConvert.ToBoolean(text) ? "true" : "false",
            "dateTime" => Instant(text),
            "time" => Instant("2000-01-01T" + text),
            "date" => Instant(text.Length > 10 && text[0] != '-' ? text[..10] + "T00:00:00" + text[10..] : text + "T00:00:00"),
            "hexBinary" => Convert.ToHexString(Convert.FromHexString(text)),
            "base64Binary" => Convert.ToHexString(Convert.FromBase64String(text)),
            "dayTimeDuration" => XmlConvert.ToTimeSpan(text).Ticks.ToString(CultureInfo.InvariantCulture),
            "dnsName" => text.ToUpperInvariant(),
            "x500Name" => string.Join(',', text.Split(',').Select(part => part.Trim().ToUpperInvariant())),
            "rfc822Name" => text[..(text.LastIndexOf('@') + 1)] + text[(text.LastIndexOf('@') + 1)..].ToUpperInvariant(),
            _ => text,
        };
    }

    // Without a time zone it counts as UTC.
    private static string Instant(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcTicks.ToString(CultureInfo.InvariantCulture);
}
