namespace Provisioning.Xacml;

/// <summary>Arithmetic with dates and times.</summary>
internal static class TimeFunctions
{
    public static IEnumerable<Function> All() =>
    [
        Arithmetic("dateTime-add-dayTimeDuration", DataType.DateTime, DataType.DayTimeDuration, (t, d) => t.Add((TimeSpan)d)),
        Arithmetic("dateTime-subtract-dayTimeDuration", DataType.DateTime, DataType.DayTimeDuration, (t, d) => t.Add(-(TimeSpan)d)),
        Arithmetic("dateTime-add-yearMonthDuration", DataType.DateTime, DataType.YearMonthDuration, (t, d) => t.AddMonths((int)d)),
        Arithmetic("dateTime-subtract-yearMonthDuration", DataType.DateTime, DataType.YearMonthDuration, (t, d) => t.AddMonths(-(int)d)),
        Arithmetic("date-add-yearMonthDuration", DataType.Date, DataType.YearMonthDuration, (t, d) => t.AddMonths((int)d)),
        Arithmetic("date-subtract-yearMonthDuration", DataType.Date, DataType.YearMonthDuration, (t, d) => t.AddMonths(-(int)d)),
        new("time-in-range", [DataType.Time, DataType.Time, DataType.Time], DataType.Boolean, a =>
            Value.Of(InRange((Temporal)a.Native(0), (Temporal)a.Native(1), (Temporal)a.Native(2)))),
    ];

    private static Function Arithmetic(string id, DataType type, DataType duration, Func<Temporal, object, Temporal> step) =>
        new(id, [type, duration], type, a =>
        {
            try
            {
                return new Value(type, step((Temporal)a.Native(0), a.Native(1)));
            }
            catch (ArgumentOutOfRangeException)
            {
                throw new EvaluationException(StatusCodes.ProcessingError, $"{id} leaves the calendar");
            }
        });

    // The range may pass midnight. Bounds without a time zone are in that of the time.
    private static bool InRange(Temporal time, Temporal from, Temporal to) =>
        time.TicksOfDaySince(from, time.Offset) <= to.TicksOfDaySince(from, time.Offset);
}
