using System.Text.Json.Nodes;

namespace Provisioning.Core.Ledger;

// Accounts: whose they are, and what follows for others when they come and go.
public static partial class AssignmentLife
{
    /// <summary>The account of a user whom its attributes name (a manager) came or went: the attributes are made again.</summary>
    public static Assignment WakeForReference(Assignment assignment, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        if (assignment.Desired != DesiredState.Present || Attached(assignment) is not (AssignmentStatus.Pending or AssignmentStatus.Done))
            return assignment;

        // A pending assignment looks the account up at its next attempt. An attempt under way may have looked before, so the revision rises and another attempt follows.
        var wasDone = Attached(assignment) == AssignmentStatus.Done;
        var next = assignment with { DesiredRevision = assignment.DesiredRevision + 1, DueAt = wasDone ? now : assignment.DueAt, Modified = now };
        return next.Status == AssignmentStatus.Detached
            ? next with { DetachedFrom = AssignmentStatus.Pending }
            : next with { Status = AssignmentStatus.Pending, DetachedFrom = null };
    }

    /// <summary>The account of a member of this group came or went: the membership is made again.</summary>
    public static Assignment WakeForMember(Assignment group, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(group);

        // A parked group without attributes could not even be mapped: waking it would have nothing to apply.
        var cannot = Attached(group) == AssignmentStatus.Parked && group.DesiredAttributes is null;
        if (group.Desired == DesiredState.Absent || Attached(group) == AssignmentStatus.Discarded || cannot)
            return group;
        return Again(group, now) with { DesiredRevision = group.DesiredRevision + 1, Modified = now };
    }

    /// <summary>A call may have made this account a member of a group, and the account is about to be forgotten.</summary>
    public static Assignment KeepMember(Assignment group, string accountId)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Lease is null
            ? group
            : group with
            {
                AppliedAttributes = PossibleAttributes.Union(group.AppliedAttributes, new JsonObject { [PossibleAttributes.Members] = new JsonArray(accountId) }),
                Uncertain = true,
            };
    }

    /// <summary>
    /// Its account is linked before the first change to it. The account needs the marker of this assignment; what was written for the leaver who had
    /// it before is ours to remove.
    /// </summary>
    /// <param name="from">The leaver, as it was; null if nobody had the account.</param>
    public static Assignment Link(Assignment assignment, string accountId, Assignment? from)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var linked = assignment with { AccountId = accountId, Unmarked = true };
        return from is null
            ? linked
            : linked with { AppliedAttributes = PossibleAttributes.Union(linked.AppliedAttributes, from.AppliedAttributes), Uncertain = true };
    }

    /// <summary>Somebody else has its account from now on. Nothing of it is to be taken away any more.</summary>
    public static Assignment LoseAccount(Assignment leaver, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(leaver);
        var done = Afresh(leaver, leaver.DueAt) with
        {
            DesiredRevision = leaver.DesiredRevision + 1,
            Applied = AppliedState.Absent,
            AppliedAttributes = null,
            AccountId = null,
            Uncertain = false,
            Unmarked = false,
            Held = false,
            Modified = now,
        };
        return leaver.Status == AssignmentStatus.Detached
            ? done with { Status = AssignmentStatus.Detached, DetachedFrom = AssignmentStatus.Done }
            : done with { Status = AssignmentStatus.Done };
    }

    /// <summary>The account gives values up that somebody else needs: a leaver keeps no name from a newcomer.</summary>
    /// <param name="values">Target attributes with the values to have instead.</param>
    public static Assignment Yield(Assignment leaver, IReadOnlyDictionary<string, JsonNode> values, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(leaver);
        ArgumentNullException.ThrowIfNull(values);
        var attributes = leaver.DesiredAttributes?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in values)
            attributes[name] = value.DeepClone();
        return Again(leaver, now) with { DesiredAttributes = attributes, DesiredRevision = leaver.DesiredRevision + 1, Modified = now };
    }

    /// <summary>What a reconciliation saw is not what was applied: tried again, from what is really there.</summary>
    /// <param name="applied">What the target has; null if that is not the difference.</param>
    public static Assignment Repair(Assignment assignment, AppliedState? applied, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return Afresh(assignment, now) with { Applied = applied ?? assignment.Applied, Uncertain = true, Modified = now };
    }

    /// <summary>A reconciliation found the account of an assignment that has none.</summary>
    public static Assignment Adopt(Assignment assignment, string accountId, DateTimeOffset now) =>
        Repair(assignment, AppliedState.Present, now) with { AccountId = accountId, AppliedAttributes = null };
}
