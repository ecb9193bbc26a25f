namespace Provisioning.Core.Ledger;

// The clock: it was ahead and has been put right, so what was to wait minutes would wait for as long as the clock was ahead.
public static partial class AssignmentLife
{
    /// <summary>A target may ask for a day of rest; nothing that failed lies further ahead.</summary>
    public static readonly TimeSpan MostAsked = TimeSpan.FromDays(1);

    /// <summary>
    /// A due time that only a clock which was ahead can have set is moved: failed work and new work to now, a grace period to its whole length from now.
    /// A row shows that the clock was ahead when it was written, or failed first, later than now. A long delay shows it only when no setting allows one.
    /// </summary>
    /// <param name="longest">The longest delay between two attempts.</param>
    /// <param name="grace">The grace period of the identity provider.</param>
    public static Assignment BringForward(Assignment assignment, TimeSpan longest, TimeSpan grace, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        if (assignment.Status != AssignmentStatus.Pending || assignment.Lease?.Until > now)
            return assignment;
        var (isAhead, keeps) = (assignment.Modified > now, assignment.Desired == DesiredState.Present);
        if (assignment.DueAt > now + longest && (keeps || assignment.Attempts > 0)
            && (isAhead || assignment.FirstFailedAt > now || (assignment.Attempts > 0 && assignment.DueAt > now + longest + MostAsked)))
            return assignment with { DueAt = now };
        return assignment.DueAt > now + grace && !keeps && assignment.Attempts == 0 && isAhead ? assignment with { DueAt = now + grace } : assignment;
    }
}
