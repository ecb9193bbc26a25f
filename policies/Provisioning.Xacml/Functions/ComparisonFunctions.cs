using static Provisioning.Xacml.DataType;
using static Provisioning.Xacml.FunctionTable;

namespace Provisioning.Xacml;

/// <summary>Equality and order (A.3.1, A.3.6, A.3.8).</summary>
internal static class ComparisonFunctions
{
    public static void AddTo(FunctionTable table)
    {
        table.AddEquality(V1 + "string-equal", DataType.String);
        table.AddEquality(V1 + "boolean-equal", DataType.Boolean);
        table.AddEquality(V1 + "integer-equal", DataType.Integer);
        // NaN equals itself, as the conformance cases ask for.
        table.AddEquality(V1 + "double-equal", DataType.Double);
        table.AddEquality(V1 + "date-equal", Date);
        table.AddEquality(V1 + "time-equal", Time);
        table.AddEquality(V1 + "dateTime-equal", DataType.DateTime);
        table.AddEquality(V3 + "dayTimeDuration-equal", DataType.DayTimeDuration);
        table.AddEquality(V3 + "yearMonthDuration-equal", DataType.YearMonthDuration);
        table.AddEquality(V1 + "dayTimeDuration-equal", DataType.DayTimeDuration);
        table.AddEquality(V1 + "yearMonthDuration-equal", DataType.YearMonthDuration);
        table.AddEquality(V1 + "anyURI-equal", AnyUri);
        table.AddEquality(V1 + "x500Name-equal", DataType.X500Name);
        table.AddEquality(V1 + "rfc822Name-equal", DataType.Rfc822Name);
        table.AddEquality(V1 + "hexBinary-equal", HexBinary);
        table.AddEquality(V1 + "base64Binary-equal", Base64Binary);
        table.Add(V3 + "string-equal-ignore-case", DataType.String, DataType.String, DataType.Boolean, Texts.EqualIgnoringCase);

        AddDoubleOrder(table);
        AddOrder(table, DataType.Integer, (a, b) => a.CompareTo(b));
        AddOrder(table, DataType.String, Texts.Compare);
        AddOrder(table, Time, (a, b) => a.CompareTo(b));
        AddOrder(table, DataType.DateTime, (a, b) => a.CompareTo(b));
        AddOrder(table, Date, (a, b) => a.CompareTo(b));
    }

    private static void AddOrder<T>(FunctionTable table, DataType<T> type, Comparison<T> compare)
        where T : notnull
    {
        table.Add(V1 + type.Name + "-greater-than", type, type, DataType.Boolean, (a, b) => compare(a, b) > 0);
        table.Add(V1 + type.Name + "-greater-than-or-equal", type, type, DataType.Boolean, (a, b) => compare(a, b) >= 0);
        table.Add(V1 + type.Name + "-less-than", type, type, DataType.Boolean, (a, b) => compare(a, b) < 0);
        table.Add(V1 + type.Name + "-less-than-or-equal", type, type, DataType.Boolean, (a, b) => compare(a, b) <= 0);
    }

    // Apart from the others, because NaN is neither less nor greater than anything.
    private static void AddDoubleOrder(FunctionTable table)
    {
        table.Add(V1 + "double-greater-than", DataType.Double, DataType.Double, DataType.Boolean, (a, b) => a > b);
        table.Add(V1 + "double-greater-than-or-equal", DataType.Double, DataType.Double, DataType.Boolean, (a, b) => a >= b);
        table.Add(V1 + "double-less-than", DataType.Double, DataType.Double, DataType.Boolean, (a, b) => a < b);
        table.Add(V1 + "double-less-than-or-equal", DataType.Double, DataType.Double, DataType.Boolean, (a, b) => a <= b);
    }
}
