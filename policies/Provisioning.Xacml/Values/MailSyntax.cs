using System.Buffers;

namespace Provisioning.Xacml;

/// <summary>The parts of mail addresses (RFC 2821, section 4.1.2); letters beyond ASCII count as letters (RFC 6531).</summary>
internal static class MailSyntax
{
    private static readonly SearchValues<char> NotInBrackets = SearchValues.Create("[]\\ \t\r\n");
    private static readonly SearchValues<char> Special = SearchValues.Create("!#$%&'*+-/=?^_`{|}~");

    /// <summary>Words with dots between them, or any text in quotes.</summary>
    public static bool IsLocal(ReadOnlySpan<char> local)
    {
        if (local.Length > 1 && local[0] == '"' && local[^1] == '"') return IsQuoted(local[1..^1]);
        foreach (var range in local.Split('.'))
        {
            var word = local[range];
            if (word.IsEmpty) return false;
            foreach (var c in word)
            {
                if (!IsLetterOrDigit(c) && !Special.Contains(c)) return false;
            }
        }

        return true;
    }

    /// <summary>Labels of letters, digits and inner hyphens, or an address in brackets.</summary>
    public static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (domain.Length > 2 && domain[0] == '[' && domain[^1] == ']') return !domain[1..^1].ContainsAny(NotInBrackets);
        foreach (var range in domain.Split('.'))
        {
            var label = domain[range];
            if (label.IsEmpty || label[0] == '-' || label[^1] == '-') return false;
            foreach (var c in label)
            {
                if (!IsLetterOrDigit(c) && c != '-') return false;
            }
        }

        return !domain.IsEmpty;
    }

    private static bool IsQuoted(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' || text[i] is '\r' or '\n' || (text[i] == '\\' && ++i == text.Length)) return false;
        }

        return true;
    }

    private static bool IsLetterOrDigit(char c) => char.IsAsciiLetterOrDigit(c) || (c >= 0x80 && !char.IsControl(c) && !char.IsWhiteSpace(c));
}
