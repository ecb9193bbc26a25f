using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Provisioning.Xacml;

/// <summary>Brings distinguished names into a form in which equal ones are equal strings.</summary>
internal static class X500Parser
{
    // The types that have both a name and a number in RFC 2253.
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["2.5.4.3"] = "CN", ["2.5.4.7"] = "L", ["2.5.4.8"] = "ST", ["2.5.4.10"] = "O", ["2.5.4.11"] = "OU", ["2.5.4.6"] = "C",
        ["2.5.4.9"] = "STREET", ["0.9.2342.19200300.100.1.25"] = "DC", ["0.9.2342.19200300.100.1.1"] = "UID",
        ["1.2.840.113549.1.9.1"] = "EMAILADDRESS",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The relative names from the leaf to the root; null if the text is no name.</summary>
    public static string[]? Parse(string text)
    {
        if (text.Length == 0) return [];
        var parts = new List<string>();
        foreach (var part in Split(text, ",;"))
        {
            var assertions = new List<string>();
            foreach (var assertion in Split(part, "+"))
            {
                if (Assertion(assertion) is not { } canonical) return null;
                assertions.Add(canonical);
            }

            // Several assertions of one relative name have no order.
            assertions.Sort(StringComparer.Ordinal);
            parts.Add(string.Join('+', assertions));
        }

        return [.. parts];
    }

    private static string? Assertion(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) return null;
        var type = text[..equals].Trim().ToUpperInvariant();
        if (type.StartsWith("OID.", StringComparison.Ordinal)) type = type[4..];
        if (type.Length == 0 || type.AsSpan().ContainsAny(" \"\\")) return null;
        return Unescaped(text[(equals + 1)..].Trim()) is { } value ? $"{Types.GetValueOrDefault(type, type)}={Collapsed(value)}" : null;
    }

    private static string Collapsed(string value) =>
        // What separates parts in the canonical form must not come out of a value.
        string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant().Replace("+", "\\+", StringComparison.Ordinal);

    /// <summary>Takes quotes and backslashes away; null if they are wrong.</summary>
    private static string? Unescaped(string value)
    {
        if (value.Length >= 2 && value[0] == '"' && value[^1] == '"') value = value[1..^1];
        var bytes = new List<byte>();
        var result = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\')
            {
                Flush(bytes, result).Append(value[i]);
                continue;
            }

            if (++i == value.Length) return null;
            // Two hexadecimal digits are one byte of UTF-8.
            if (i + 1 < value.Length && byte.TryParse(value.AsSpan(i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                bytes.Add(octet);
                i++;
            }
            else
            {
                Flush(bytes, result).Append(value[i]);
            }
        }

        return Flush(bytes, result).ToString();
    }

    private static StringBuilder Flush(List<byte> bytes, StringBuilder result)
    {
        if (bytes.Count > 0) result.Append(Encoding.UTF8.GetString(bytes.ToArray()));
        bytes.Clear();
        return result;
    }

    private static IEnumerable<string> Split(string text, string separators)
    {
        var (start, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') quoted = !quoted;
            else if (!quoted && separators.Contains(text[i], StringComparison.Ordinal))
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }
}
