namespace Provisioning.Xacml;

/// <summary>A date, time or dateTime: a local reading and, when the text had one, its offset from UTC.</summary>
internal readonly record struct Moment(DateTime Local, int? OffsetMinutes)
{
    /// <summary>Comparable across offsets; a moment without one is taken in the implicit time zone (XPath F&amp;O 10.4).</summary>
    public long UtcTicks(EvaluationContext context) =>
        Local.Ticks - ((OffsetMinutes ?? context.ImplicitOffsetMinutes) * TimeSpan.TicksPerMinute);
}
