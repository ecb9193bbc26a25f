using System.Globalization;

namespace Provisioning.Xacml;

/// <summary>Versions such as 1.2.3 and the patterns that select them.</summary>
internal static class PolicyVersion
{
    public static int Compare(string first, string second)
    {
        var (a, b) = (first.Split('.'), second.Split('.'));
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            if (i >= b.Length || (i < b.Length && b[i] is "*" or "+")) return i >= b.Length ? 1 : 0;
            if (i >= a.Length) return -1;
            var order = Number(a[i]).CompareTo(Number(b[i]));
            if (order != 0) return order;
        }

        return 0;
    }

    /// <summary>* stands for one part, + for any number of parts.</summary>
    public static bool Matches(string version, string pattern)
    {
        var (parts, wanted) = (version.Split('.'), pattern.Split('.'));
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] == "+") return true;
            if (i >= parts.Length || (wanted[i] != "*" && Number(wanted[i]) != Number(parts[i]))) return false;
        }

        return parts.Length == wanted.Length;
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
}
