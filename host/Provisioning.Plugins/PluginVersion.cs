using System.Globalization;

namespace Provisioning.Plugins;

/// <summary>A plugin's version as semantic versioning orders it: 1.9 before 1.10, 2.0-beta before 2.0. Build metadata does not count.</summary>
internal readonly record struct PluginVersion(IReadOnlyList<int> Numbers, string Suffix) : IComparable<PluginVersion>
{
    public static PluginVersion Parse(string text)
    {
        var core = text.Split('+')[0];
        var dash = core.IndexOf('-', StringComparison.Ordinal);
        var numbers = (dash < 0 ? core : core[..dash]).Split('.');
        return new([.. numbers.Select(Number)], dash < 0 ? "" : core[(dash + 1)..]);
    }

    public int CompareTo(PluginVersion other)
    {
        for (var i = 0; i < Math.Max(Numbers.Count, other.Numbers.Count); i++)
        {
            var difference = Numbers.ElementAtOrDefault(i).CompareTo(other.Numbers.ElementAtOrDefault(i));
            if (difference != 0)
                return difference;
        }

        // What has a suffix comes before the release itself.
        if (Suffix.Length == 0 || other.Suffix.Length == 0)
            return other.Suffix.Length.CompareTo(Suffix.Length);
        return CompareSuffixes(Suffix.Split('.'), other.Suffix.Split('.'));
    }

    private static int CompareSuffixes(string[] left, string[] right)
    {
        foreach (var (a, b) in left.Zip(right))
        {
            var numeric = int.TryParse(a, out var x) & int.TryParse(b, out var y);
            var difference = numeric ? x.CompareTo(y) : string.CompareOrdinal(a, b);
            if (difference != 0)
                return difference;
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
