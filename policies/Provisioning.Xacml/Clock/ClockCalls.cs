namespace Provisioning.Xacml;

/// <summary>Makes calls with values of the clock such that an evaluation notes until when their answers hold.</summary>
internal static class ClockCalls
{
    private static readonly Action<ClockWatch> WithTheMinute = clock => clock.ChangesWithTheMinute();
    private static readonly Action<ClockWatch> WithTheDay = clock => clock.ChangesWithTheDay();

    /// <summary>A call of a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">Arguments that fit it.</param>
    /// <param name="apply">How the function is called otherwise.</param>
    public static Expression Make(Function function, Expression[] arguments, Func<Expression[], Expression> apply)
    {
        if (!Array.Exists(arguments, argument => argument.Moving is not null)) return apply(arguments);
        var name = FunctionTable.Standard.Find(function.Id) == function ? function.Id[(function.Id.LastIndexOf(':') + 1)..] : "";
        var part = Array.TrueForAll(arguments, argument => argument.Moving is null or ClockPart.Date) ? ClockPart.Date : ClockPart.DateTime;
        return name switch
        {
            // How many values there are does not change with time.
            _ when function.TakesOne || name.EndsWith("-bag-size", StringComparison.Ordinal) => apply(arguments),
            "time-in-range" => new ClockInRange((Expression<Temporal>)arguments[0], (Expression<Temporal>)arguments[1], (Expression<Temporal>)arguments[2]),
            _ when Comparison(name, arguments) is { } comparison => comparison,
            "dateTime-add-dayTimeDuration" or "dateTime-subtract-dayTimeDuration" => apply(arguments).Noted(null, ClockPart.DateTime),
            // Months are of different length, so that the sum does not move on evenly from one day to the next.
            "dateTime-add-yearMonthDuration" or "dateTime-subtract-yearMonthDuration" => apply(arguments).Noted(WithTheDay, ClockPart.DateTime),
            "date-add-yearMonthDuration" or "date-subtract-yearMonthDuration" => apply(arguments).Noted(WithTheDay, ClockPart.Date),
            "time-from-string" when arguments[0].Moving == ClockPart.Time => apply(arguments).Noted(null, ClockPart.Time),
            "date-from-string" when arguments[0].Moving == ClockPart.Date => apply(arguments).Noted(null, ClockPart.Date),
            "dateTime-from-string" when arguments[0].Moving == ClockPart.DateTime => apply(arguments).Noted(null, ClockPart.DateTime),
            // Anything may come of it.
            _ => apply(arguments).Noted(part == ClockPart.Date ? WithTheDay : WithTheMinute, null),
        };
    }

    /// <summary>The value of an argument's bag that a match or a higher-order function is at.</summary>
    public static Expression Item(Expression argument, int cursor)
    {
        var item = argument.Type.Element.Item(cursor);
        return argument.Moving is { } part ? item.Noted(null, part) : item;
    }

    private static ClockComparison? Comparison(string name, Expression[] arguments)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || ComparisonTest.Of(name[(dash + 1)..]) is not { } test || arguments is not [Expression<Temporal> first, Expression<Temporal> second]) return null;
        return new(name[..dash] switch { "time" => ClockPart.Time, "date" => ClockPart.Date, _ => ClockPart.DateTime }, test, first, second);
    }
}
