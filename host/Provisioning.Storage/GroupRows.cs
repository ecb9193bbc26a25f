using System.Data.Common;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>
/// Writes of groups, inside the transaction of the ledger. Of the members only those rows are touched that differ, by one statement for all who
/// leave and one for all who join: a change of one member costs the same in a group of a hundred thousand.
/// </summary>
internal static class GroupRows
{
    /// <summary>Writes a group and what follows from it for the groups that contain it.</summary>
    /// <returns>The changed assignments of these.</returns>
    public static IReadOnlyList<Assignment> Write(SqlSession session, Group group, WriteKind kind, bool ofOwnUsers, DateTimeOffset now)
    {
        var isNested = Nesting.Lock(session, group);
        if (kind == WriteKind.Delete)
            return Delete(session, group, isNested, now);
        if (session.Scalar(
            "SELECT id FROM groups WHERE display_name_key = @key AND service_provider = @provider",
            ("@key", Rows.Key(group.DisplayName)),
            ("@provider", group.ServiceProvider)) is string other && other != group.Id)
            throw new DuplicateNameException(group.DisplayName);
        var change = GroupChange.Of(group, kind == WriteKind.Insert ? [] : Members(session, group.Id));

        // What is decided about a member may depend on the group's name too.
        Regrouping.Mark(session, group.ServiceProvider, IsRenamed(session, group) ? change.Before.Union(group.AllMembers) : change.Joined.Concat(change.Left));
        CheckAreUsers(session, change.JoinedDirectly, ofOwnUsers ? group.ServiceProvider : null);
        Nesting.LockContained(session, group);
        Changed(WriteGroup(session, group, kind), group.Id);
        Remove(session, group.Id, [.. change.Left, .. change.ToDirect, .. change.ToInherited]);
        Add(session, group.Id, [.. change.JoinedDirectly, .. change.ToDirect], change.NextPosition);
        Add(session, group.Id, [.. change.JoinedByNesting, .. change.ToInherited], first: 0, isInherited: true);
        return Nesting.Write(session, group, isNested, [.. change.Joined], change.Left, now);
    }

    private static IReadOnlyList<Assignment> Delete(SqlSession session, Group group, bool isNested, DateTimeOffset now)
    {
        // First the group: nobody else changes its members then.
        Changed(session.Execute("DELETE FROM groups WHERE id = @id", ("@id", group.Id)), group.Id);
        if (!isNested && Nesting.Concerns(session, group.Id))
            throw new VersionConflictException(group.Id);
        string[] members = [.. Members(session, group.Id).Keys];
        var containing = Nesting.Containing(session, group.Id);
        Regrouping.Mark(session, group.ServiceProvider, members);
        session.Execute("DELETE FROM group_members WHERE group_id = @id", ("@id", group.Id));
        session.Execute("DELETE FROM nested_groups WHERE group_id = @id OR member_id = @id", ("@id", group.Id));
        return Nesting.Follow(session, group.Id, containing, [], members, now);
    }

    public static GroupHead? FindHead(SqlSession session, string id) => session.First($"SELECT {HeadColumns} FROM groups WHERE id = @id", MapHead, ("@id", id));

    public const string HeadColumns = "id, display_name, attributes, service_provider, version, created, modified";

    public static GroupHead MapHead(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.Json(2)!, row.GetString(3), row.GetInt64(4), row.Time(5), row.Time(6));

    public static Group MapWhole(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Json(2)!, row.Names(7), row.GetString(3), row.GetInt64(4), row.Time(5), row.Time(6))
    {
        Groups = row.Names(8), Inherited = row.Names(9),
    };

    private static Dictionary<string, (long Position, bool IsInherited)> Members(SqlSession session, string groupId) =>
        session.List(
            "SELECT user_id, position, inherited FROM group_members WHERE group_id = @id",
            row => (User: row.GetString(0), Position: row.GetInt64(1), IsInherited: row.GetBoolean(2)),
            ("@id", groupId)).ToDictionary(x => x.User, x => (x.Position, x.IsInherited), StringComparer.Ordinal);

    private static bool IsRenamed(SqlSession session, Group group) =>
        session.Scalar("SELECT display_name FROM groups WHERE id = @id", ("@id", group.Id)) is string name && name != group.DisplayName;

    // Who joins was locked when the change of membership was marked, so that nobody is removed meanwhile. Who was a member before is one still: a user who
    // is deleted leaves the group, and gives it another version.
    public static void CheckAreUsers(SqlSession session, IReadOnlyList<string> joined, string? of)
    {
        if (joined.Count == 0)
            return;
        var ids = Rows.Array(joined);
        var unknown = (string?)(of is null
            ? session.Scalar(
                $"SELECT i.value FROM {session.Dialect.Elements("@ids")} i WHERE NOT EXISTS (SELECT 1 FROM users WHERE users.id = i.value) LIMIT 1", ("@ids", ids))
            : session.Scalar(
                $"""
                SELECT i.value FROM {session.Dialect.Elements("@ids")} i
                WHERE NOT EXISTS (SELECT 1 FROM registrations r WHERE r.user_id = i.value AND r.service_provider = @provider) LIMIT 1
                """,
                ("@ids", ids),
                ("@provider", of)));
        if (unknown is not null)
            throw new UnknownMemberException(unknown, IsGroup(session, unknown, of));
    }

    private static bool IsGroup(SqlSession session, string id, string? of) => session.Scalar(
        "SELECT id FROM groups WHERE id = @id AND service_provider = coalesce(@provider, service_provider)", ("@id", id), ("@provider", of)) is not null;

    private static int WriteGroup(SqlSession session, Group group, WriteKind kind) => session.Execute(
        kind == WriteKind.Insert
            ? """
              INSERT INTO groups (id, display_name, display_name_key, attributes, service_provider, version, created, modified)
              VALUES (@id, @name, @key, @attributes, @provider, @version, @created, @modified)
              ON CONFLICT (id) DO NOTHING
              """
            : """
              UPDATE groups SET display_name = @name, display_name_key = @key, attributes = @attributes,
                  version = @version, created = @created, modified = @modified
              WHERE id = @id AND version = @version - 1
              """,
        ("@id", group.Id),
        ("@name", group.DisplayName),
        ("@key", Rows.Key(group.DisplayName)),
        ("@attributes", group.Attributes.ToJsonString()),
        ("@provider", group.ServiceProvider),
        ("@version", group.Version),
        ("@created", group.Created.Ms()),
        ("@modified", group.Modified.Ms()));

    public static void Remove(SqlSession session, string groupId, List<string> left)
    {
        if (left.Count > 0)
            session.Execute(
                $"DELETE FROM group_members WHERE group_id = @id AND user_id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i)",
                ("@id", groupId),
                ("@ids", Rows.Array(left)));
    }

    public static void Add(SqlSession session, string groupId, List<string> joined, long first, bool isInherited = false)
    {
        if (joined.Count > 0)
            session.Execute(
                $"""
                INSERT INTO group_members (group_id, user_id, position, inherited)
                SELECT @id, i.value, i.key + @first, @inherited FROM {session.Dialect.Elements("@ids")} i
                """,
                ("@inherited", isInherited),
                ("@id", groupId),
                ("@first", first),
                ("@ids", Rows.Array(joined)));
    }

    private static void Changed(int rows, string id)
    {
        if (rows == 0)
            throw new VersionConflictException(id);
    }
}
