namespace Provisioning.Xacml;

/// <summary>Small bags of text as sets: compared one by one, which is faster than hashing, and without detours for other types.</summary>
internal static class TextSets
{
    public static bool Overlap(Bag<string> first, Bag<string> second)
    {
        foreach (var text in first.Values)
        {
            if (Contains(second.Values, text)) return true;
        }

        return false;
    }

    public static bool IsSubset(Bag<string> first, Bag<string> second)
    {
        foreach (var text in first.Values)
        {
            if (!Contains(second.Values, text)) return false;
        }

        return true;
    }

    public static Bag<string> Intersection(Bag<string> first, Bag<string> second)
    {
        string[]? common = null;
        var count = 0;
        foreach (var text in first.Values)
        {
            if (!Contains(second.Values, text)) continue;
            common ??= new string[first.Count];
            if (!Contains(common.AsSpan(0, count), text)) common[count++] = text;
        }

        var type = (DataType<string>)first.Type;
        return common is null ? type.EmptyBag : new(type, common, count);
    }

    public static Bag<string> Union(Bag<string> first, Bag<string> second)
    {
        var all = new string[first.Count + second.Count];
        var count = AddMissing(all, 0, first);
        return new((DataType<string>)first.Type, all, AddMissing(all, count, second));
    }

    public static bool Contains(ReadOnlySpan<string> texts, string text)
    {
        foreach (var one in texts)
        {
            if (Same(one, text)) return true;
        }

        return false;
    }

    private static int AddMissing(string[] all, int count, Bag<string> bag)
    {
        foreach (var text in bag.Values)
        {
            if (!Contains(all.AsSpan(0, count), text)) all[count++] = text;
        }

        return count;
    }

    // Names that belong together often begin alike and are of one length: those that differ are told by their ends.
    private static bool Same(string first, string second) =>
        first.Length == second.Length && (first.Length == 0 || first[^1] == second[^1]) && first == second;
}
