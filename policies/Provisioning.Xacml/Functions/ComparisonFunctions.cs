namespace Provisioning.Xacml;

/// <summary>Equality and order.</summary>
internal static class ComparisonFunctions
{
    public static IEnumerable<Function> All()
    {
        foreach (var type in DataType.All)
            yield return new($"{type.Name}-equal", [type, type], DataType.Boolean, a => Value.Of(a[0].Equals(a[1])));
        yield return new("string-equal-ignore-case", [DataType.String, DataType.String], DataType.Boolean, a =>
            Value.Of(string.Equals((string)a.Native(0), (string)a.Native(1), StringComparison.OrdinalIgnoreCase)));

        DataType[] ordered = [DataType.String, DataType.Integer, DataType.Double, DataType.Date, DataType.Time, DataType.DateTime];
        foreach (var type in ordered)
        {
            yield return Order(type, "greater-than", order => order > 0);
            yield return Order(type, "greater-than-or-equal", order => order >= 0);
            yield return Order(type, "less-than", order => order < 0);
            yield return Order(type, "less-than-or-equal", order => order <= 0);
        }
    }

    private static Function Order(DataType type, string name, Func<int, bool> test) =>
        new($"{type.Name}-{name}", [type, type], DataType.Boolean, a => Value.Of(!IsNaN(a.Native(0)) && !IsNaN(a.Native(1)) && test(Compare(a.Native(0), a.Native(1)))));

    // NaN is neither less nor greater than anything; that it equals itself is what the conformance cases ask for (IIC350).
    private static bool IsNaN(object native) => native is double.NaN;

    private static int Compare(object first, object second) =>
        first is string text ? string.CompareOrdinal(text, (string)second) : ((IComparable)first).CompareTo(second);
}
