namespace Provisioning.Xacml.Testing;

/// <summary>Lists compared regardless of order, counting repeats.</summary>
internal static class Multiset
{
    /// <summary>The items that are left of a list when those of another are taken away.</summary>
    public static IEnumerable<string> Without(this IEnumerable<string> list, IEnumerable<string> others)
    {
        var counts = others.CountBy(item => item, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var item in list)
        {
            var count = counts.GetValueOrDefault(item);
            if (count == 0) yield return item;
            else counts[item] = count - 1;
        }
    }
}
