using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>The lexical forms of XML Schema, strictly: what .NET accepts beyond them is refused.</summary>
internal static class XmlLexical
{
    public const string Space = " \t\r\n";

    private static readonly SearchValues<char> DoubleCharacters = SearchValues.Create("0123456789+-.eE");

    public static bool TryText(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out string value)
    {
        value = text.ToString();
        return true;
    }

    public static bool TryBoolean(ReadOnlySpan<char> text, out bool value)
    {
        value = text is "true" or "1";
        return value || text is "false" or "0";
    }

    public static bool TryDouble(ReadOnlySpan<char> text, out double value)
    {
        value = text switch
        {
            "NaN" => double.NaN,
            "INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            _ => 0,
        };
        if (value != 0) return true;
        // Digits, sign, point and exponent only: no thousands, no "Infinity".
        if (text.IsEmpty || text.ContainsAnyExcept(DoubleCharacters)) return false;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out value);
    }

    public static string Format(double value) => XmlConvert.ToString(value);

    /// <summary>The canonical form (XML Schema part 2, 3.2.5.2): one digit before the point, at least one behind it, and an exponent.</summary>
    public static string Canonical(double value)
    {
        if (!double.IsFinite(value)) return Format(value);
        var sign = double.IsNegative(value) ? "-" : "";
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = shortest[0].IndexOf('.', StringComparison.Ordinal);
        var digits = shortest[0].Replace(".", "", StringComparison.Ordinal);
        var first = digits.AsSpan().IndexOfAnyExcept('0');
        if (first < 0) return sign + "0.0E0";
        var exponent = (point < 0 ? digits.Length : point) - 1 - first + (shortest.Length > 1 ? int.Parse(shortest[1], CultureInfo.InvariantCulture) : 0);
        var rest = digits[(first + 1)..].TrimEnd('0');
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[first]}.{(rest.Length == 0 ? "0" : rest)}E{exponent}");
    }

    public static bool TryUri(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out string value)
    {
        // XML Schema lets nearly everything be a URI reference once it is escaped; what can never be one is a control character.
        value = text.ToString();
        return !value.AsSpan().ContainsAnyInRange('\0', '\x1F');
    }

    public static bool TryHex(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c)) return false;
        }

        if (text.Length % 2 != 0) return false;
        value = text.ToString().ToUpperInvariant();
        return true;
    }

    public static bool TryBase64(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (!Base64.IsValid(text, out var length)) return false;
        var bytes = new byte[length];
        if (!Convert.TryFromBase64Chars(text, bytes, out var written)) return false;
        value = Convert.ToBase64String(bytes, 0, written);
        return true;
    }
}
