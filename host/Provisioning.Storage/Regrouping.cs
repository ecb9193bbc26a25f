using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>
/// What is decided about a user depends on the groups. Who joins or leaves one, or whose group gets another name, has a new version, so that
/// what is being planned without knowing of it is void; and a mark, which lasts until somebody has planned with it, whoever dies in between.
/// </summary>
internal static class Regrouping
{
    /// <summary>Before the group and its members are stored.</summary>
    public static void Mark(SqlSession session, Group group)
    {
        var before = Members(session, group.Id);
        var renamed = session.Scalar("SELECT display_name FROM groups WHERE id = @id", ("@id", group.Id)) is string name && name != group.DisplayName;
        Mark(session, renamed ? before.Union(group.Members) : before.Except(group.Members).Union(group.Members.Except(before)));
    }

    /// <summary>Before the members of a group that is gone are removed.</summary>
    public static void MarkAll(SqlSession session, string groupId) => Mark(session, Members(session, groupId));

    /// <summary>Ends the marks of users who were planned at these versions.</summary>
    public static int Planned(SqlSession session, IEnumerable<User> users)
    {
        var ended = 0;
        foreach (var user in users.OrderBy(x => x.Id, StringComparer.Ordinal))
            ended += session.Execute(
                "UPDATE users SET regrouped = NULL WHERE id = @id AND regrouped <= @version", ("@id", user.Id), ("@version", user.Version));
        return ended;
    }

    private static List<string> Members(SqlSession session, string groupId) =>
        session.List("SELECT user_id FROM group_members WHERE group_id = @id", row => row.GetString(0), ("@id", groupId));

    private static void Mark(SqlSession session, IEnumerable<string> userIds)
    {
        var ids = Rows.Array(userIds);
        UserLocks.TakeAll(session, ids);
        session.Execute(
            $"UPDATE users SET version = version + 1, regrouped = version + 1 WHERE id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i)", ("@ids", ids));
    }
}
