using System.Text.Json.Nodes;

namespace Provisioning.Core.Ledger;

/// <summary>
/// The life of an assignment: every change of its status, lease, due time and of what may be at the target is one of these functions.
/// They are pure: no clock, no I/O. Storage stores what they return, and the few statements that change many rows at once are held to
/// them by a test on random rows.
/// </summary>
public static partial class AssignmentLife
{
    /// <summary>What is desired meets what is known.</summary>
    /// <param name="stored">The assignment as it is, or null for a new one.</param>
    /// <param name="plan">What is to be desired from now on.</param>
    /// <param name="sent">What a call that is under way may be sending (<see cref="MayBeSending"/>), by the target's names and ids.</param>
    /// <param name="newId">The id of a new assignment.</param>
    /// <param name="now">The moment.</param>
    /// <returns>The next state; the very same object if nothing is to be stored.</returns>
    public static Assignment Plan(Assignment? stored, AssignmentPlan plan, JsonObject? sent, string newId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var attached = stored?.Status == AssignmentStatus.Detached ? Attach(stored, now) : stored;
        if (attached is not null && plan.ChangesNothingOf(attached))
            return attached;
        var known = attached ?? Born(plan, newId);
        var next = known with
        {
            ResourceName = plan.ResourceName,
            ServiceProvider = plan.ServiceProvider,
            Assigned = plan.Assigned,
            Decision = plan.Decision,
            Held = plan.Held,
            Modified = now,
        };
        if (attached is null || !plan.IsDesiredOf(attached))
            next = Desire(KeepSent(next, sent), plan, isNew: attached is null);
        else if (plan.ClaimFor is not null && HasExpired(next, now))
            next = KeepSent(next, sent);
        return plan.ClaimFor is { } lease ? Claim(next, lease, now) : next;
    }

    /// <summary>The account goes only after a grace period, which is not over: nobody takes it away before.</summary>
    public static bool IsInGrace(Assignment assignment, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment is { Desired: not DesiredState.Present, LastFailure: null } && Attached(assignment) == AssignmentStatus.Pending && assignment.DueAt > now;
    }

    /// <summary>The withdrawal of its account waits for approval; everything else stays as it is.</summary>
    public static Assignment Hold(Assignment assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment.Held ? assignment : assignment with { Held = true };
    }

    private static Assignment Born(AssignmentPlan plan, string id) => new()
    {
        Id = id,
        IdentityProvider = plan.IdentityProvider,
        ResourceType = plan.ResourceType,
        ResourceId = plan.ResourceId,
        ResourceName = plan.ResourceName,
        Desired = plan.Desired,
        Status = AssignmentStatus.Pending,
    };

    private static Assignment Desire(Assignment known, AssignmentPlan plan, bool isNew)
    {
        var next = Afresh(known, plan.DueAt) with
        {
            Desired = plan.Desired,
            DesiredAttributes = plan.DesiredAttributes,
            DesiredRevision = known.DesiredRevision + 1,
        };
        if (plan.ParkReason is not null)
            return next with
            {
                Status = AssignmentStatus.Parked,
                Parked = ParkedBecause.NotMapped,
                LastFailure = Provisioning.Connectors.FailureKind.Rejected,
                LastError = plan.ParkReason,
            };
        return HasNothingToDo(next, isNew) ? next with { Status = AssignmentStatus.Done } : next;
    }

    /// <summary>Where no account can be, none has to be taken away: the target is not asked.</summary>
    private static bool HasNothingToDo(Assignment next, bool isNew) => next.Desired switch
    {
        DesiredState.Absent => next.Applied is AppliedState.None or AppliedState.Absent && next.IsUntouched,
        DesiredState.Disabled => isNew,
        _ => false,
    };

    /// <summary>Pending with a clean slate.</summary>
    private static Assignment Afresh(Assignment known, DateTimeOffset due) => known with
    {
        Status = AssignmentStatus.Pending,
        DetachedFrom = null,
        Attempts = 0,
        DueAt = due,
        FirstFailedAt = null,
        LastFailure = null,
        LastError = null,
        Parked = null,
        DiscardReason = null,
    };

    /// <summary>Something new is to be applied. An identity provider that is away gets it when it comes back.</summary>
    private static Assignment Again(Assignment known, DateTimeOffset due) => known.Status == AssignmentStatus.Detached
        ? Afresh(known, due) with { Status = AssignmentStatus.Detached, DetachedFrom = AssignmentStatus.Pending }
        : Afresh(known, due);

    /// <summary>When another attempt may be made: at once, but not within a grace period.</summary>
    private static DateTimeOffset NextAttempt(Assignment stored, DateTimeOffset now) => IsInGrace(stored, now) ? stored.DueAt : now;

    /// <summary>Its status, or what that was before the identity provider left.</summary>
    private static AssignmentStatus Attached(Assignment assignment) => assignment.Status == AssignmentStatus.Detached
        ? assignment.DetachedFrom ?? AssignmentStatus.Pending
        : assignment.Status;
}
