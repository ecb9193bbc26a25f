using System.Text;

namespace Provisioning.Xacml;

/// <summary>Names in canonical form, so that equality is that of strings.</summary>
internal static class Names
{
    public static object ParseMail(string text)
    {
        var at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1) throw new FormatException();
        // Only the domain is case-insensitive.
        return text[..(at + 1)] + text[(at + 1)..].ToLowerInvariant();
    }

    public static bool MailMatches(string pattern, string mail)
    {
        var domain = mail[(mail.LastIndexOf('@') + 1)..];
        if (pattern.Contains('@', StringComparison.Ordinal))
        {
            var at = pattern.LastIndexOf('@');
            return mail == pattern[..(at + 1)] + pattern[(at + 1)..].ToLowerInvariant();
        }

        return pattern.StartsWith('.')
            ? domain.EndsWith(pattern, StringComparison.OrdinalIgnoreCase)
            : domain.Equals(pattern, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>One line per relative name, from the leaf to the root.</summary>
    public static object ParseX500(string text) => string.Join('\n', Split(text, ',', ';').Select(Relative));

    public static bool X500Matches(string suffix, string name) =>
        name == suffix || name.EndsWith('\n' + suffix, StringComparison.Ordinal);

    public static object ParseIpAddress(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiHexDigit(c) || "[]:./-".Contains(c, StringComparison.Ordinal))
            ? text.ToLowerInvariant() : throw new FormatException();

    public static object ParseDnsName(string text) =>
        text.Length > 0 && !text.Any(char.IsWhiteSpace) ? text.ToLowerInvariant() : throw new FormatException();

    private static string Relative(string text) =>
        string.Join('+', Split(text, '+').Select(Assertion).Order(StringComparer.Ordinal));

    private static string Assertion(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) throw new FormatException();
        var value = string.Join(' ', text[(equals + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text[..equals].Trim().ToUpperInvariant() + '=' + value.ToLowerInvariant();
    }

    private static IEnumerable<string> Split(string text, params char[] separators)
    {
        var part = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                part.Append(text[i]).Append(text[++i]);
            }
            else if (Array.IndexOf(separators, text[i]) >= 0)
            {
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(text[i]);
            }
        }

        yield return part.ToString();
    }
}
