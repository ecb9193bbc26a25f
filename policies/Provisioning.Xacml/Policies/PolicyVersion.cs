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
            var order = CompareNumbers(a[i], b[i]);
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
            if (i >= parts.Length || (wanted[i] != "*" && CompareNumbers(wanted[i], parts[i]) != 0)) return false;
        }

        return parts.Length == wanted.Length;
    }

    // Of any size: without leading zeros, the longer one is the larger one.
    private static int CompareNumbers(string first, string second)
    {
        var (a, b) = (first.TrimStart('0'), second.TrimStart('0'));
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);
    }
}
