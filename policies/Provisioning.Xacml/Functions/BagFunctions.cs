using static Provisioning.Xacml.DataType;
using static Provisioning.Xacml.FunctionTable;

namespace Provisioning.Xacml;

/// <summary>Bags and sets of each type (A.3.10, A.3.11).</summary>
internal static class BagFunctions
{
    public static void AddTo(FunctionTable table)
    {
        AddBagsAndSets(table, V1, DataType.String);
        AddBagsAndSets(table, V1, DataType.Boolean);
        AddBagsAndSets(table, V1, DataType.Integer);
        AddBagsAndSets(table, V1, DataType.Double);
        AddBagsAndSets(table, V1, Time);
        AddBagsAndSets(table, V1, Date);
        AddBagsAndSets(table, V1, DataType.DateTime);
        AddBagsAndSets(table, V1, AnyUri);
        AddBagsAndSets(table, V1, HexBinary);
        AddBagsAndSets(table, V1, Base64Binary);
        AddBagsAndSets(table, V1, DataType.X500Name);
        AddBagsAndSets(table, V1, DataType.Rfc822Name);
        // The identifiers of version 1.0 are deprecated.
        foreach (var version in (string[])[V3, V1])
        {
            AddBagsAndSets(table, version, DataType.DayTimeDuration);
            AddBagsAndSets(table, version, DataType.YearMonthDuration);
        }

        // Ranges of addresses and ports have no equality in the standard, so that nothing is in such a bag.
        AddBags(table, V2, DataType.IpAddress);
        AddBags(table, V2, DataType.DnsName);
    }

    /// <summary>What any data type has, one of somebody's own too.</summary>
    private static void AddBags<T>(FunctionTable table, string version, DataType<T> type)
        where T : notnull
    {
        table.Add(new(version + type.Name + "-one-and-only", [type.Bag], type, args => new OneAndOnly<T>(type, (Expression<Bag<T>>)args[0])) { TakesOne = true });
        table.Add(version + type.Name + "-bag-size", type.Bag, DataType.Integer, bag => new Integer(bag.Count));
        table.AddMany(version + type.Name + "-bag", type, 0, type.Bag, values => new Bag<T>(type, values));
    }

    private static void AddBagsAndSets<T>(FunctionTable table, string version, DataType<T> type)
        where T : notnull
    {
        AddBags(table, version, type);
        table.Add(version + type.Name + "-is-in", type, type.Bag, DataType.Boolean, (value, bag) => bag.Contains(value));
        table.Add(version + type.Name + "-intersection", type.Bag, type.Bag, type.Bag, (a, b) => Sets.Intersection(a, b));
        table.Add(version + type.Name + "-at-least-one-member-of", type.Bag, type.Bag, DataType.Boolean, (a, b) => Sets.Overlap(a, b));
        table.AddChain(version + type.Name + "-union", type.Bag, (a, b) => Sets.Union(a, b));
        table.Add(version + type.Name + "-subset", type.Bag, type.Bag, DataType.Boolean, (a, b) => Sets.IsSubset(a, b));
        table.Add(version + type.Name + "-set-equals", type.Bag, type.Bag, DataType.Boolean, (a, b) => Sets.IsSubset(a, b) && Sets.IsSubset(b, a));
    }
}
