using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>Bags as sets: repeated values count once.</summary>
internal static class Sets
{
    public static Bag<T> Intersection<T>(Bag<T> first, Bag<T> second)
        where T : notnull
    {
        if (AreSmallTexts(first, second, out var a, out var b)) return (Bag<T>)(Bag)TextSets.Intersection(a, b);
        var result = new Bag<T>((DataType<T>)first.Type, new T[Math.Min(first.Count, second.Count)], 0);
        foreach (var value in first.Values)
        {
            if (second.Contains(value) && !result.Contains(value)) result.Append(value);
        }

        return result;
    }

    public static Bag<T> Union<T>(Bag<T> first, Bag<T> second)
        where T : notnull
    {
        if (AreSmallTexts(first, second, out var a, out var b)) return (Bag<T>)(Bag)TextSets.Union(a, b);
        var result = new Bag<T>((DataType<T>)first.Type, new T[first.Count + second.Count], 0);
        AddMissing(result, first);
        AddMissing(result, second);
        return result;
    }

    private static void AddMissing<T>(Bag<T> result, Bag<T> bag)
        where T : notnull
    {
        foreach (var value in bag.Values)
        {
            if (!result.Contains(value)) result.Append(value);
        }
    }

    public static bool Overlap<T>(Bag<T> first, Bag<T> second)
        where T : notnull
    {
        if (AreSmallTexts(first, second, out var a, out var b)) return TextSets.Overlap(a, b);
        foreach (var value in first.Values)
        {
            if (second.Contains(value)) return true;
        }

        return false;
    }

    public static bool IsSubset<T>(Bag<T> first, Bag<T> second)
        where T : notnull
    {
        if (AreSmallTexts(first, second, out var a, out var b)) return TextSets.IsSubset(a, b);
        foreach (var value in first.Values)
        {
            if (!second.Contains(value)) return false;
        }

        return true;
    }

    private static bool AreSmallTexts(Bag first, Bag second, [NotNullWhen(true)] out Bag<string>? a, [NotNullWhen(true)] out Bag<string>? b)
    {
        (a, b) = (first as Bag<string>, second as Bag<string>);
        return a is not null && b is not null && first.Count <= Bag.SmallSize && second.Count <= Bag.SmallSize;
    }
}
