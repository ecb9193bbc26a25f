using System.Text;

namespace Provisioning.Xacml;

/// <summary>Writes sets of code points for .NET, which sees the characters beyond the basic plane as pairs of surrogates.</summary>
internal static class PairWriter
{
    private static readonly CodePoints Surrogates = CodePoints.Range(0xD800, 0xDFFF);
    private static readonly CodePoints Beyond = CodePoints.Range(0x10000, CodePoints.End - 1);

    /// <summary>A choice that matches exactly one code point of the set.</summary>
    public static void Write(StringBuilder net, CodePoints set)
    {
        var single = ClassItem.NetOf(set - Beyond - Surrogates);
        net.Append("(?:");
        net.Append(single.Length == 0 ? @"[^\s\S]" : $"[{single}]");
        foreach (var (high, low) in Pairs(set & Beyond)) net.Append("|[").Append(high).Append("][").Append(low).Append(']');
        net.Append(')');
    }

    // First units that go with the same second ones are written together.
    private static IEnumerable<(string High, string Low)> Pairs(CodePoints set)
    {
        var lows = new SortedDictionary<int, StringBuilder>();
        var whole = new StringBuilder();
        foreach (var (first, last) in set.Ranges)
        {
            var (from, to) = (first, last);
            while (from <= to)
            {
                var (high, low) = Split(from);
                var (lastHigh, lastLow) = Split(to);
                if (low == 0xDC00 && (lastHigh > high || lastLow == 0xDFFF))
                {
                    // As many whole rows as there are.
                    var end = lastLow == 0xDFFF ? lastHigh : lastHigh - 1;
                    Append(whole, high, end);
                    from += (end - high + 1) << 10;
                    continue;
                }

                var upTo = lastHigh > high ? 0xDFFF : lastLow;
                Append(lows.TryGetValue(high, out var known) ? known : lows[high] = new(), low, upTo);
                from += upTo - low + 1;
            }
        }

        if (whole.Length > 0) yield return (whole.ToString(), @"\uDC00-\uDFFF");
        foreach (var same in lows.GroupBy(one => one.Value.ToString(), one => one.Key))
            yield return (string.Concat(same.Select(ClassItem.Character)), same.Key);
    }

    private static (int High, int Low) Split(int codePoint) => (0xD800 + ((codePoint - 0x10000) >> 10), 0xDC00 + ((codePoint - 0x10000) & 0x3FF));

    private static void Append(StringBuilder text, int first, int last)
    {
        text.Append(ClassItem.Character(first));
        if (last > first) text.Append('-').Append(ClassItem.Character(last));
    }
}
