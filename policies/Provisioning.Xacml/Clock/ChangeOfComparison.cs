namespace Provisioning.Xacml;

/// <summary>Notes when the comparison of a value of the clock with a fixed one comes out differently, as long as the offset of the time zone stays.</summary>
internal static class ChangeOfComparison
{
    private const int NanosPerTick = 100;
    private static readonly Int128 Day = (Int128)TimeSpan.TicksPerDay * NanosPerTick;

    /// <param name="clock">Where to note it.</param>
    /// <param name="part">What the values are.</param>
    /// <param name="moving">The value of the clock: the first of the comparison.</param>
    /// <param name="fixed">The other value.</param>
    /// <param name="test">What is asked.</param>
    public static void Note(ClockWatch clock, ClockPart part, Temporal moving, Temporal @fixed, ComparisonTest test)
    {
        var (from, to) = (Nanos(moving), Nanos(@fixed));
        switch (part)
        {
            case ClockPart.DateTime:
                if (Change(to - from, test) is { } ticks) In(clock, moving, ticks);
                break;
            case ClockPart.Time:
                clock.ReadsZone();
                NoteTime(clock, moving, from, to, test);
                break;
            default:
                clock.ReadsZone();
                NoteDate(clock, moving, from, to, test);
                break;
        }
    }

    /// <summary>Notes when a time of day enters a range, or leaves it.</summary>
    /// <param name="clock">Where to note it.</param>
    /// <param name="moving">The time of day.</param>
    /// <param name="since">How many nanoseconds it is past the start of the range.</param>
    /// <param name="length">How many nanoseconds the range is long.</param>
    public static void NoteRange(ClockWatch clock, Temporal moving, Int128 since, Int128 length)
    {
        clock.ReadsZone();
        if (since > length) In(clock, moving, Up(Day - since));
        // Both ends belong to the range.
        else if (length + NanosPerTick < Day) In(clock, moving, ((length - since) / NanosPerTick) + 1);
    }

    // The value grows until midnight, and begins anew there.
    private static void NoteTime(ClockWatch clock, Temporal moving, Int128 from, Int128 to, ComparisonTest test)
    {
        var midnight = -(Int128)(moving.ZoneMinutes ?? 0) * 60 * 1_000_000_000;
        var left = Up(midnight + Day - from);
        if (Change(to - from, test) is { } today && today < left) In(clock, moving, today);
        else if (test.Holds(midnight.CompareTo(to)) != test.Holds(from.CompareTo(to))) In(clock, moving, left);
        else if (Change(to - midnight, test) is { } tomorrow && tomorrow < TimeSpan.TicksPerDay) In(clock, moving, left + tomorrow);
    }

    // The value grows by a day at each midnight.
    private static void NoteDate(ClockWatch clock, Temporal moving, Int128 from, Int128 to, ComparisonTest test)
    {
        var holds = test.Holds(from.CompareTo(to));
        var midnights = from < to ? (to - from + Day - 1) / Day : 1;
        if (test.Holds((from + (midnights * Day)).CompareTo(to)) == holds) midnights++;
        if (test.Holds((from + (midnights * Day)).CompareTo(to)) == holds) return;
        clock.ChangesIn(clock.TicksToMidnight(moving.ZoneMinutes) + ((midnights - 1) * TimeSpan.TicksPerDay));
    }

    // One value moves towards another, which is ahead of it by the distance. The answer is the number of ticks until the test's result changes:
    // when the moving value reaches the other one, or when it is past it. Null if the result stays as it is.
    private static Int128? Change(Int128 distance, ComparisonTest test)
    {
        if (distance > 0 && test.Less != test.Equal) return Up(distance);
        return distance >= 0 && test.Equal != test.Greater ? (distance / NanosPerTick) + 1 : null;
    }

    private static void In(ClockWatch clock, Temporal moving, Int128 ticks)
    {
        // Text has whole seconds, so that it is behind the clock by less than one.
        var behind = moving.Nanos == 0 ? clock.Now.Ticks % TimeSpan.TicksPerSecond : 0;
        clock.ChangesIn(ticks - behind);
    }

    private static Int128 Up(Int128 nanos) => (nanos + NanosPerTick - 1) / NanosPerTick;

    private static Int128 Nanos(Temporal value) => ((Int128)(value.Seconds - ((value.ZoneMinutes ?? 0) * 60L)) * 1_000_000_000) + value.Nanos;
}
