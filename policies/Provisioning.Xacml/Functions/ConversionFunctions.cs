using static Provisioning.Xacml.DataType;
using static Provisioning.Xacml.FunctionTable;

namespace Provisioning.Xacml;

/// <summary>From and to strings (A.3.9).</summary>
internal static class ConversionFunctions
{
    public static void AddTo(FunctionTable table)
    {
        AddPair(table, DataType.Boolean);
        AddPair(table, DataType.Integer);
        AddPair(table, DataType.Double, XmlLexical.Canonical);
        AddPair(table, Time, TemporalText.CanonicalTime);
        AddPair(table, Date, TemporalText.CanonicalDate);
        AddPair(table, DataType.DateTime, TemporalText.CanonicalDateTime);
        AddPair(table, AnyUri);
        AddPair(table, DataType.DayTimeDuration);
        AddPair(table, DataType.YearMonthDuration);
        AddPair(table, DataType.X500Name);
        AddPair(table, DataType.Rfc822Name);
        AddPair(table, DataType.IpAddress);
        AddPair(table, DataType.DnsName);
    }

    // The standard wants the canonical form of XML Schema where there is one, else the form in which the value was written.
    private static void AddPair<T>(FunctionTable table, DataType<T> type, Func<T, string>? canonical = null)
        where T : notnull
    {
        table.TryAdd<string, T>(V3 + type.Name + "-from-string", DataType.String, type, text =>
            type.TryParse(text, out var value) ? value : Failure.Syntax(LexicalLimits.Fault(type, text)));
        table.Add(V3 + "string-from-" + type.Name, type, DataType.String, canonical ?? type.Format);
    }
}
