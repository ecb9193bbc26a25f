using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Mapping;

namespace Provisioning.Storage;

/// <summary>Assignments that depend on the accounts of other users at the same identity provider.</summary>
internal static class References
{
    // What is detached follows when its identity provider comes back.
    private const string Pending = "status = CASE status WHEN 3 THEN 3 ELSE 0 END, detached_from = CASE status WHEN 3 THEN 0 END";

    // The status as it is stored is named for the index: without it all of an identity provider is read for each account that is made.
    internal const string WakeSql = $"""
        UPDATE assignments SET desired_revision = desired_revision + 1, {Pending}, modified = @now,
            due_at = CASE {Detachment.Status} WHEN 1 THEN @now ELSE due_at END
        WHERE id IN (SELECT assignment_id FROM account_references WHERE user_id = @user)
            AND identity_provider = @provider AND desired = 0 AND status IN (0, 1, 3) AND {Detachment.Status} IN (0, 1)
        """;

    // A parked group without attributes could not even be mapped: waking it would have nothing to apply.
    internal const string WakeGroupsSql = $"""
        UPDATE assignments SET desired_revision = desired_revision + 1, {Pending}, due_at = @now, attempts = 0,
            first_failed_at = NULL, last_failure = NULL, last_error = NULL, modified = @now
        WHERE identity_provider = @provider AND resource_type = @group AND desired <> 2 AND {Detachment.Status} <> 4
            AND NOT ({Detachment.Status} = 2 AND desired_attributes IS NULL)
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

        // What is pending looks it up at its next attempt; an attempt under way may have looked already, hence the revision.
        session.Post(WakeSql, ("@now", now.Ms()), ("@user", user.Id), ("@provider", user.IdentityProvider));
    }

    private static void WakeGroups(SqlSession session, AssignedResource user, DateTimeOffset now) => session.Post(
        WakeGroupsSql, ("@now", now.Ms()), ("@provider", user.IdentityProvider), ("@group", (int)ResourceType.Group), ("@user", user.Id));
}
