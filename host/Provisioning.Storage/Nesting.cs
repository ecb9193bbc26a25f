using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>
/// Groups in groups. <c>group_members</c> has everybody who is a member, whether directly or through a group in the group, so that whoever asks for memberships need
/// not know of it; a change of a group is made in the groups that contain it in the same transaction. Groups are locked from the contained to the containing ones.
/// </summary>
internal static class Nesting
{
    /// <summary>Whether the group contains groups, or is contained in one.</summary>
    public static bool Concerns(SqlSession session, string groupId) => session.Scalar(
        """
        SELECT 1 FROM (SELECT 1 FROM nested_groups WHERE group_id = @id UNION ALL SELECT 1 FROM nested_groups WHERE member_id = @id) nested LIMIT 1
        """,
        ("@id", groupId)) is not null;

    /// <summary>
    /// One at a time of those whose groups are in groups: which group is in which is read, and must stay so until all of them are changed. First of all locks.
    /// </summary>
    /// <returns>Whether the lock was needed.</returns>
    public static bool Lock(SqlSession session, Group group)
    {
        if (group.Groups.Count == 0 && !Concerns(session, group.Id))
            return false;
        if (session.Dialect.LockName is { } statement)
            session.Execute(statement, ("@name", $"nesting/{group.ServiceProvider}"));
        return true;
    }

    /// <summary>Locks the groups in a group that is to be stored.</summary>
    /// <exception cref="UnknownMemberException">There is no such group.</exception>
    /// <exception cref="VersionConflictException">One of them has changed since the members were taken from it.</exception>
    public static void LockContained(SqlSession session, Group group)
    {
        foreach (var id in group.Groups.Order(StringComparer.Ordinal))
        {
            if (session.Execute("UPDATE groups SET version = version WHERE id = @id AND service_provider = @provider", ("@id", id), ("@provider", group.ServiceProvider)) == 0)
                throw new UnknownMemberException(id);
            if ((long)session.Scalar("SELECT version FROM groups WHERE id = @id", ("@id", id))! != group.RestsOn.GetValueOrDefault(id))
                throw new VersionConflictException(group.Id);
        }
    }

    /// <summary>Stores which groups are in a group, and what a change of the group is for those that contain it.</summary>
    /// <param name="session">The transaction in which the group changed.</param>
    /// <param name="group">The group, which is locked.</param>
    /// <param name="isLocked">Whether <see cref="Lock"/> was needed before.</param>
    /// <param name="joined">Who joined it.</param>
    /// <param name="left">Who left it.</param>
    /// <param name="now">The moment of the change.</param>
    /// <returns>The changed assignments of the containing groups.</returns>
    /// <exception cref="NestingException">It would contain itself, or too many groups would contain one of them.</exception>
    /// <exception cref="VersionConflictException">Somebody has just put the group into another one.</exception>
    public static IReadOnlyList<Assignment> Write(
        SqlSession session, Group group, bool isLocked, IReadOnlyCollection<string> joined, IReadOnlyCollection<string> left, DateTimeOffset now)
    {
        var around = session.List(
            """
            SELECT member_id, 1 = 0 FROM nested_groups WHERE group_id = @id
            UNION ALL SELECT group_id, 1 = 1 FROM nested_groups WHERE member_id = @id
            """,
            row => (Id: row.GetString(0), Contains: row.GetBoolean(1)),
            ("@id", group.Id));
        if (around.Count > 0 && !isLocked)
            throw new VersionConflictException(group.Id);
        var isChanged = WriteContained(session, group, [.. around.Where(x => !x.Contains).Select(x => x.Id)]);
        return around.Exists(x => x.Contains) && (isChanged || joined.Count > 0 || left.Count > 0)
            ? Follow(session, group.Id, Containing(session, group.Id), joined, left, now) : [];
    }

    private static bool WriteContained(SqlSession session, Group group, HashSet<string> before)
    {
        if (before.SetEquals(group.Groups))
            return false;
        session.Execute("DELETE FROM nested_groups WHERE group_id = @id", ("@id", group.Id));
        if (group.Groups.Count > 0)
        {
            session.Execute(
                $"INSERT INTO nested_groups (group_id, member_id, position) SELECT @id, i.value, i.key FROM {session.Dialect.Elements("@ids")} i",
                ("@id", group.Id),
                ("@ids", Rows.Array(group.Groups)));
            CheckBounds(session, group);
        }

        return true;
    }

    /// <summary>The groups that contain a group, each after those of them that it contains.</summary>
    public static IReadOnlyList<ContainingGroup> Containing(SqlSession session, string groupId)
    {
        var edges = session.List(
            """
            WITH RECURSIVE up(group_id, member_id) AS (
                SELECT group_id, member_id FROM nested_groups WHERE member_id = @id
                UNION SELECT n.group_id, n.member_id FROM up JOIN nested_groups n ON n.member_id = up.group_id)
            SELECT group_id, member_id FROM up
            """,
            row => (Group: row.GetString(0), Member: row.GetString(1)),
            ("@id", groupId));
        var open = edges.GroupBy(x => x.Group, x => x.Member).ToDictionary(x => x.Key, x => x.ToList(), StringComparer.Ordinal);
        var ordered = new List<ContainingGroup>();
        while (open.Count > 0)
        {
            var next = open.Where(x => !x.Value.Exists(open.ContainsKey)).Select(x => x.Key).Min(StringComparer.Ordinal) ?? throw NestingException.Cycle(groupId);
            ordered.Add(new ContainingGroup(next, open[next]));
            open.Remove(next);
        }

        return ordered;
    }

    /// <summary>Lets those who joined or left a group join or leave the groups that contain it, and what is desired of these at their targets.</summary>
    /// <param name="session">The transaction in which the group changed.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="containing">The groups that contain it, or did until now.</param>
    /// <param name="joined">Who joined it.</param>
    /// <param name="left">Who left it.</param>
    /// <param name="now">The moment of the change.</param>
    /// <returns>The changed assignments of the containing groups.</returns>
    public static IReadOnlyList<Assignment> Follow(
        SqlSession session, string groupId, IReadOnlyList<ContainingGroup> containing, IReadOnlyCollection<string> joined, IReadOnlyCollection<string> left, DateTimeOffset now)
    {
        if (joined.Count * (long)containing.Count > NestingException.MostJoining)
            throw NestingException.TooManyJoin(groupId, containing.Count);
        var changes = new Dictionary<string, (IReadOnlyCollection<string> Joined, IReadOnlyCollection<string> Left)>(StringComparer.Ordinal) { [groupId] = (joined, left) };
        var changed = new List<Assignment>();
        foreach (var group in containing)
        {
            // Every one gets another version, also where nobody joins or leaves: whoever stores it at this moment without knowing of the change has to look again.
            if (session.Execute("UPDATE groups SET version = version + 1, modified = @now WHERE id = @id", ("@id", group.Id), ("@now", now.Ms())) == 0)
                continue;
            var below = group.Contained.Where(changes.ContainsKey).Select(x => changes[x]).ToList();
            var joins = Joining(session, group.Id, below.SelectMany(x => x.Joined));
            var leaves = Leaving(session, group.Id, below.SelectMany(x => x.Left));
            GroupRows.Remove(session, group.Id, leaves);
            GroupRows.Add(session, group.Id, joins, first: 0, isInherited: true);
            changes[group.Id] = (joins, leaves);
            if (joins.Count > 0 || leaves.Count > 0)
                changed.AddRange(Plan(session, group.Id, now));
        }

        return changed;
    }

    private static List<string> Joining(SqlSession session, string groupId, IEnumerable<string> users) => Those(
        session, groupId, users, "NOT EXISTS (SELECT 1 FROM group_members m WHERE m.group_id = @id AND m.user_id = i.value)");

    // Whoever is a direct member stays, and so does whoever is in another group in the group.
    private static List<string> Leaving(SqlSession session, string groupId, IEnumerable<string> users) => Those(
        session,
        groupId,
        users,
        """
        EXISTS (SELECT 1 FROM group_members m WHERE m.group_id = @id AND m.user_id = i.value AND m.inherited)
        AND NOT EXISTS (SELECT 1 FROM nested_groups n JOIN group_members m ON m.group_id = n.member_id WHERE n.group_id = @id AND m.user_id = i.value)
        """);

    private static List<string> Those(SqlSession session, string groupId, IEnumerable<string> users, string condition)
    {
        string[] all = [.. users.Distinct(StringComparer.Ordinal)];
        return all.Length == 0 ? [] : session.List(
            $"SELECT i.value FROM {session.Dialect.Elements("@ids")} i WHERE {condition}", row => row.GetString(0), ("@id", groupId), ("@ids", Rows.Array(all)));
    }

    private static IEnumerable<Assignment> Plan(SqlSession session, string groupId, DateTimeOffset now)
    {
        var assignments = session.List(
            $"""
            SELECT id FROM assignments WHERE resource_type = @group AND resource_id = @id AND desired <> {Stored.Desired.Absent} AND status <> {Stored.Status.Detached} ORDER BY id
            """,
            row => row.GetString(0),
            ("@group", (int)ResourceType.Group),
            ("@id", groupId));
        if (assignments.Count == 0)
            return [];
        var members = session.List("SELECT user_id FROM group_members WHERE group_id = @id", row => row.GetString(0), ("@id", groupId));
        return assignments.SelectMany(id => Memberships.Plan(session, id, members, now));
    }

    private static void CheckBounds(SqlSession session, Group group)
    {
        const string Below = """
            WITH RECURSIVE below(id) AS (
                SELECT member_id FROM nested_groups WHERE group_id = @id
                UNION SELECT n.member_id FROM below JOIN nested_groups n ON n.group_id = below.id)
            """;
        if (session.Scalar($"{Below} SELECT id FROM below WHERE id = @id", ("@id", group.Id)) is not null)
            throw NestingException.Cycle(group.Id);
        var tooDeep = session.Scalar(
            $"""
            {Below}, above(origin, id) AS (
                SELECT n.member_id, n.group_id FROM below JOIN nested_groups n ON n.member_id = below.id
                UNION SELECT above.origin, n.group_id FROM above JOIN nested_groups n ON n.member_id = above.id)
            SELECT origin FROM above GROUP BY origin HAVING count(*) > @most LIMIT 1
            """,
            ("@id", group.Id),
            ("@most", NestingException.MostContaining));
        if (tooDeep is string contained)
            throw NestingException.TooMany(contained);
    }
}
