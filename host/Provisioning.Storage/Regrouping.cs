using System.Globalization;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>
/// What is decided about a user depends on the user's groups. When a user joins or leaves a group, or a group of the user gets another name, the user
/// gets a new version, so that what is being planned without knowing of it is void; and a mark, which lasts until somebody has planned with it, whoever
/// dies in between.
/// </summary>
internal static class Regrouping
{
    /// <summary>Before the memberships of these users are changed.</summary>
    /// <param name="serviceProvider">The service provider of the group, which sees them change.</param>
    /// <param name="userIds">The users.</param>
    public static void Mark(SqlSession session, string serviceProvider, IEnumerable<string> userIds)
    {
        List<string> all = [.. userIds];
        if (all.Count == 0)
            return;
        var ids = Rows.Array(all);
        UserLocks.TakeAll(session, ids);
        session.Execute(
            $"UPDATE users SET version = version + 1, regrouped = version + 1 WHERE id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i)", ("@ids", ids));
        session.Post(
            $"UPDATE registrations SET version = version + 1 WHERE service_provider = @provider AND user_id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i)",
            ("@provider", serviceProvider),
            ("@ids", ids));
    }

    /// <summary>Ends the marks of users who were planned at these versions.</summary>
    public static int Planned(SqlSession session, IReadOnlyCollection<User> users)
    {
        var ids = Rows.Array(users.Select(x => x.Id));
        UserLocks.TakeAll(session, ids);
        return session.Execute(
            $"""
            UPDATE users SET regrouped = NULL
            FROM (SELECT i.value AS id, CAST(v.value AS BIGINT) AS version
                FROM {session.Dialect.Elements("@ids")} i JOIN {session.Dialect.Elements("@versions")} v ON v.key = i.key) planned
            WHERE users.id = planned.id AND users.regrouped <= planned.version
            """,
            ("@ids", ids),
            ("@versions", Rows.Array(users.Select(x => x.Version.ToString(CultureInfo.InvariantCulture)))));
    }
}
