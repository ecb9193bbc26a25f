using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Provisioning.Connectors.Ldap;

/// <summary>Distinguished names as strings (RFC 4514).</summary>
internal static partial class Dn
{
    private const string Special = ",+\"\\<>;=";

    public static string Of(string attribute, string value, string parent) => $"{Rdn(attribute, value)},{parent}";

    public static string Rdn(string attribute, string value) => $"{attribute}={Escape(value)}";

    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length + 4);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c < ' ')
                escaped.Append(CultureInfo.InvariantCulture, $"\\{(int)c:x2}");
            else if (Special.Contains(c) || (i == 0 && c is ('#' or ' ')) || (i == value.Length - 1 && c == ' '))
                escaped.Append('\\').Append(c);
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>Whether a text has the form of a distinguished name.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>The name without its first part.</summary>
    public static string Parent(string dn)
    {
        var comma = FirstComma(dn);
        return comma < 0 ? "" : dn[(comma + 1)..].TrimStart();
    }

    /// <summary>The value of the first part, without escapes.</summary>
    public static string FirstValue(string dn)
    {
        var comma = FirstComma(dn);
        var rdn = comma < 0 ? dn : dn[..comma];
        return Unescape(rdn[(rdn.IndexOf('=', StringComparison.Ordinal) + 1)..]);
    }

    public static bool Same(string a, string b) => Parts(a).SequenceEqual(Parts(b), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a name is that of the base or of an entry below it.</summary>
    public static bool IsWithin(string dn, string baseDn)
    {
        var (parts, ending) = (Parts(dn).ToList(), Parts(baseDn).ToList());
        return parts.Count >= ending.Count && parts.TakeLast(ending.Count).SequenceEqual(ending, StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Parts(string dn)
    {
        for (var rest = dn.Trim(); rest.Length > 0; rest = Parent(rest))
        {
            var attribute = rest[..Math.Max(rest.IndexOf('=', StringComparison.Ordinal), 0)].Trim();
            yield return $"{attribute}={FirstValue(rest).Trim()}";
        }
    }

    [GeneratedRegex(@"^\s*([A-Za-z][A-Za-z0-9-]*|[0-9]+(\.[0-9]+)*)\s*=[^,]")]
    private static partial Regex Name();

    private static int FirstComma(string dn)
    {
        for (var i = 0; i < dn.Length; i++)
        {
            if (dn[i] == '\\')
                i++;
            else if (dn[i] == ',')
                return i;
        }

        return -1;
    }

    private static string Unescape(string value)
    {
        var bytes = new List<byte>(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                var length = char.IsHighSurrogate(value[i]) && i + 1 < value.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(value.Substring(i, length)));
                i += length - 1;
            }
            else if (i + 2 < value.Length && byte.TryParse(value.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex))
            {
                bytes.Add(hex);
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(value.Substring(++i, 1)));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
