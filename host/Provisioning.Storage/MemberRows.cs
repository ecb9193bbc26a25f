using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>Lets users join and leave a group without reading its other members.</summary>
internal static class MemberRows
{
    // Where the next member stands is not looked for: each version of a group has this many places of its own.
    private const long PlacesOfVersion = 1L << 20;

    /// <returns>Null if there is no such group, or if it has assignments, or if groups are in it or it is in one: these have to change with it.</returns>
    public static (GroupHead Group, IReadOnlyList<string> Affected)? Write(
        SqlSession session, string groupId, long? expected, MemberChange change, bool ofOwnUsers, DateTimeOffset now)
    {
        if (GroupRows.FindHead(session, groupId) is not { } group)
            return null;

        // Who changes the membership of a user has locked the user: what is read after this stays so.
        UserLocks.TakeAll(session, Rows.Array(change.Joining.Concat(change.Leaving)));
        if (Nesting.Concerns(session, groupId) || IsPlanned(session, groupId))
            return null;
        var joined = Who(session, groupId, change.Joining, areMembers: false);
        var left = Who(session, groupId, change.Leaving, areMembers: true);
        List<string> affected = [.. joined, .. left];
        if (affected.Count == 0)
            return expected is null || expected == group.Version ? (group, affected) : throw new VersionConflictException(groupId);
        if (!AreUsers(session, joined, ofOwnUsers ? group.ServiceProvider : null))
            return null;
        Regrouping.Mark(session, group.ServiceProvider, affected);
        var written = session.Execute(
            "UPDATE groups SET version = version + 1, modified = @now WHERE id = @id AND version = coalesce(@expected, version)",
            ("@id", groupId),
            ("@now", now.Ms()),
            ("@expected", expected));

        // The group is locked now: whoever plans it, or puts it into another group, from here on sees the change. Where somebody did so until now, all is done again.
        if (written == 0 || IsPlanned(session, groupId) || Nesting.Concerns(session, groupId))
            throw new VersionConflictException(groupId);
        var changed = GroupRows.FindHead(session, groupId)!;
        GroupRows.Remove(session, groupId, left);
        GroupRows.Add(session, groupId, joined, changed.Version * PlacesOfVersion);
        return (changed, affected);
    }

    /// <summary>False if one is a group.</summary>
    /// <exception cref="UnknownMemberException">One is neither.</exception>
    private static bool AreUsers(SqlSession session, List<string> joined, string? of)
    {
        try
        {
            GroupRows.CheckAreUsers(session, joined, of);
            return true;
        }
        catch (UnknownMemberException exception) when (exception.IsGroup)
        {
            return false;
        }
    }

    private static List<string> Who(SqlSession session, string groupId, IReadOnlyList<string> users, bool areMembers) => users.Count == 0 ? [] : session.List(
        $"""
        SELECT i.value FROM {session.Dialect.Elements("@ids")} i
        WHERE {(areMembers ? "" : "NOT ")}EXISTS (SELECT 1 FROM group_members m WHERE m.group_id = @id AND m.user_id = i.value) ORDER BY i.key
        """,
        row => row.GetString(0),
        ("@id", groupId),
        ("@ids", Rows.Array(users)));

    private static bool IsPlanned(SqlSession session, string groupId) => session.Scalar(
        "SELECT id FROM assignments WHERE resource_type = @group AND resource_id = @id LIMIT 1", ("@group", (int)ResourceType.Group), ("@id", groupId)) is not null;
}
