using System.Globalization;
using System.Text;

namespace Provisioning.Connectors.Ldap;

/// <summary>Search filters from values that may hold anything (RFC 4515).</summary>
internal static class LdapFilter
{
    public static string Equal(string attribute, string value) => $"({attribute}={Escape(value)})";

    /// <summary>Equality with bytes, as for <c>objectGUID</c>.</summary>
    public static string Equal(string attribute, ReadOnlySpan<byte> value)
    {
        var filter = new StringBuilder("(").Append(attribute).Append('=');
        foreach (var part in value)
            filter.Append(CultureInfo.InvariantCulture, $"\\{part:x2}");
        return filter.Append(')').ToString();
    }

    public static string And(string first, string second) => $"(&{Wrap(first)}{second})";

    public static string Any(IEnumerable<string> filters) => $"(|{string.Concat(filters)})";

    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (c is '*' or '(' or ')' or '\\' or '\0')
                escaped.Append(CultureInfo.InvariantCulture, $"\\{(int)c:x2}");
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }

    // Operators write filters with and without the outer parentheses.
    private static string Wrap(string filter) => filter.StartsWith('(') ? filter : $"({filter})";
}
