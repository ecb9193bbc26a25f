using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Mapping;

namespace Provisioning.Storage;

/// <summary>Assignments that depend on the accounts of other users at the same identity provider.</summary>
internal static class References
{
    // A detached assignment follows when its identity provider comes back.
    private const string Pending = $"""
        status = CASE status WHEN {Stored.Status.Detached} THEN {Stored.Status.Detached} ELSE {Stored.Status.Pending} END,
            detached_from = CASE status WHEN {Stored.Status.Detached} THEN {Stored.Status.Pending} END
        """;

    /// <summary>
    /// Held to <see cref="AssignmentLife.WakeForReference"/>. The status as it is stored is named for the index: without it all of an identity
    /// provider is read for each account that is made.
    /// </summary>
    internal const string WakeSql = $"""
        UPDATE assignments SET desired_revision = desired_revision + 1, {Pending}, modified = @now,
            due_at = CASE {Detachment.Status} WHEN {Stored.Status.Done} THEN @now ELSE due_at END
        WHERE id IN (SELECT assignment_id FROM account_references WHERE user_id = @user)
            AND identity_provider = @provider AND desired = {Stored.Desired.Present}
            AND status IN ({Stored.Status.Pending}, {Stored.Status.Done}, {Stored.Status.Detached})
            AND {Detachment.Status} IN ({Stored.Status.Pending}, {Stored.Status.Done})
        """;

    /// <summary>Held to <see cref="AssignmentLife.WakeForMember"/>.</summary>
    internal const string WakeGroupsSql = $"""
        UPDATE assignments SET desired_revision = desired_revision + 1, {Pending}, due_at = @now, attempts = 0,
            first_failed_at = NULL, last_failure = NULL, last_error = NULL, parked_because = NULL, discard_reason = NULL, modified = @now
        WHERE identity_provider = @provider AND resource_type = @group AND desired <> {Stored.Desired.Absent}
            AND {Detachment.Status} <> {Stored.Status.Discarded}
            AND NOT ({Detachment.Status} = {Stored.Status.Parked} AND desired_attributes IS NULL)
            AND resource_id IN (SELECT group_id FROM group_members WHERE user_id = @user)
        """;

    /// <summary>Notes whose accounts the desired attributes name.</summary>
    public static void Write(SqlSession session, Assignment assignment, Assignment? before)
    {
        var now = AccountReference.In(assignment.DesiredAttributes);
        var old = AccountReference.In(before?.DesiredAttributes);
        if (now.Count == old.Count && now.All(old.Contains))
            return;
        session.Post("DELETE FROM account_references WHERE assignment_id = @assignment", ("@assignment", assignment.Id));
        UserLocks.Share(session, Rows.Array(now));
        foreach (var user in now)
        {
            session.Post(
                "INSERT INTO account_references (assignment_id, user_id) VALUES (@assignment, @user)",
                ("@assignment", assignment.Id),
                ("@user", user));
        }
    }

    /// <summary>The account of a user came or went: memberships and attributes that name it are made again.</summary>
    public static void Wake(SqlSession session, AssignedResource user, DateTimeOffset now)
    {
        UserLocks.Take(session, user.Id);
        UnheardCalls.KeepMember(session, user);
        WakeGroups(session, user, now);

        // A pending assignment looks the account up at its next attempt. An attempt under way may have looked before, so the revision rises and another attempt follows.
        session.Post(WakeSql, ("@now", now.Ms()), ("@user", user.Id), ("@provider", user.IdentityProvider));
    }

    private static void WakeGroups(SqlSession session, AssignedResource user, DateTimeOffset now) => session.Post(
        WakeGroupsSql, ("@now", now.Ms()), ("@provider", user.IdentityProvider), ("@group", (int)ResourceType.Group), ("@user", user.Id));
}
