using System.Text;

namespace Provisioning.Xacml;

/// <summary>Rewrites what the regular expressions of XPath and of .NET spell differently (XPath functions and operators, 7.6.1).</summary>
internal static class XPathPattern
{
    private const string NameStart = @"\p{L}_:";
    private const string NameChar = @"\p{L}\p{M}\p{Nd}_:.\-";

    public static string ToNet(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 8);
        var classes = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                result.Append(Escape(pattern[++i], classes > 0));
                continue;
            }

            if (c == '[') classes++;
            else if (c == ']' && classes > 0) classes--;
            // In .NET $ also matches before a last line feed, which would let "admin\n" pass for "admin".
            result.Append(c == '$' && classes == 0 ? @"\z" : c.ToString());
        }

        return result.ToString();
    }

    private static string Escape(char c, bool inClass) => (c, inClass) switch
    {
        ('i', true) => NameStart,
        ('i', false) => $"[{NameStart}]",
        ('I', false) => $"[^{NameStart}]",
        ('c', true) => NameChar,
        ('c', false) => $"[{NameChar}]",
        ('C', false) => $"[^{NameChar}]",
        _ => "\\" + c,
    };
}
