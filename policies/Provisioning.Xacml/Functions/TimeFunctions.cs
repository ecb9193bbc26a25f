using static Provisioning.Xacml.DataType;
using static Provisioning.Xacml.FunctionTable;

namespace Provisioning.Xacml;

/// <summary>Arithmetic with dates and times (A.3.7, A.3.8).</summary>
internal static class TimeFunctions
{
    public static void AddTo(FunctionTable table)
    {
        var (span, months) = (DataType.DayTimeDuration, DataType.YearMonthDuration);
        // The identifiers of version 1.0 are deprecated.
        foreach (var version in (string[])[V3, V1])
        {
            table.TryAdd(version + "dateTime-add-dayTimeDuration", DataType.DateTime, span, DataType.DateTime, (t, d) => t.Add(d));
            table.TryAdd(version + "dateTime-add-yearMonthDuration", DataType.DateTime, months, DataType.DateTime, (t, d) => t.Add(d));
            table.TryAdd(version + "dateTime-subtract-dayTimeDuration", DataType.DateTime, span, DataType.DateTime, (t, d) => t.Add(d.Negated));
            table.TryAdd(version + "dateTime-subtract-yearMonthDuration", DataType.DateTime, months, DataType.DateTime, (t, d) => t.Add(d.Negated));
            table.TryAdd(version + "date-add-yearMonthDuration", Date, months, Date, (t, d) => t.Add(d));
            table.TryAdd(version + "date-subtract-yearMonthDuration", Date, months, Date, (t, d) => t.Add(d.Negated));
        }

        table.TryAdd<Temporal, Temporal, Temporal, bool>(
            V2 + "time-in-range", Time, Time, Time, DataType.Boolean, (time, from, to) => time.IsWithin(from, to));
    }
}
