using System.Data.Common;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>Writes of users and groups, inside the transaction of the ledger.</summary>
internal static class UserRows
{
    public const string UserColumns = "id, user_name, attributes, service_providers, version, created, modified, decide_at";

    public static User MapUser(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Json(2)!, row.Names(3), row.GetInt64(4), row.Time(5), row.Time(6)) { DecideAt = row.OptionalTime(7) };

    public static void Write(SqlSession session, User user, WriteKind kind)
    {
        if (kind == WriteKind.Delete)
        {
            Changed(session.Execute("DELETE FROM users WHERE id = @id", ("@id", user.Id)), user.Id);
            return;
        }

        // The name is looked up by the same statement; only if nothing came of it, the reason is asked for.
        var sql = kind == WriteKind.Insert
            ? """
              INSERT INTO users (id, user_name, user_name_key, external_id, attributes, service_providers, version, created, modified, decide_at)
              SELECT @id, @name, @key, @external, @attributes, @providers, @version, @created, @modified, @decide
              WHERE NOT EXISTS (SELECT 1 FROM users WHERE user_name_key = @key)
              ON CONFLICT (id) DO NOTHING
              """
            : """
              UPDATE users SET user_name = @name, user_name_key = @key, external_id = @external, attributes = @attributes,
                  service_providers = @providers, version = @version, created = @created, modified = @modified, decide_at = @decide
              WHERE id = @id AND version = @version - 1 AND NOT EXISTS (SELECT 1 FROM users WHERE user_name_key = @key AND id <> @id)
              """;
        var rows = session.Execute(
            sql,
            ("@id", user.Id),
            ("@name", user.UserName),
            ("@key", Rows.Key(user.UserName)),
            ("@external", user.ExternalId),
            ("@attributes", user.Attributes.ToJsonString()),
            ("@providers", Rows.Array(user.ServiceProviders)),
            ("@version", user.Version),
            ("@created", user.Created.Ms()),
            ("@modified", user.Modified.Ms()),
            ("@decide", user.DecideAt.MsFrom()));
        if (rows == 0)
            Unique(session, "SELECT id FROM users WHERE user_name_key = @key", user.UserName, user.Id);
        Changed(rows, user.Id);
    }

    public static void Write(SqlSession session, Group group, WriteKind kind)
    {
        if (kind == WriteKind.Delete)
        {
            Changed(session.Execute("DELETE FROM groups WHERE id = @id", ("@id", group.Id)), group.Id);
            Regrouping.MarkAll(session, group.Id);
            session.Execute("DELETE FROM group_members WHERE group_id = @id", ("@id", group.Id));
            return;
        }

        Unique(session, "SELECT id FROM groups WHERE display_name_key = @key", group.DisplayName, group.Id);
        Regrouping.Mark(session, group);
        var members = Rows.Array(group.Members.Distinct(StringComparer.Ordinal));
        if (FirstUnknown(session, members) is { } id)
            throw new UnknownMemberException(id);
        var sql = kind == WriteKind.Insert
            ? """
              INSERT INTO groups (id, display_name, display_name_key, attributes, service_providers, version, created, modified)
              VALUES (@id, @name, @key, @attributes, @providers, @version, @created, @modified)
              ON CONFLICT (id) DO NOTHING
              """
            : """
              UPDATE groups SET display_name = @name, display_name_key = @key, attributes = @attributes,
                  service_providers = @providers, version = @version, created = @created, modified = @modified
              WHERE id = @id AND version = @version - 1
              """;
        Changed(
            session.Execute(
                sql,
                ("@id", group.Id),
                ("@name", group.DisplayName),
                ("@key", Rows.Key(group.DisplayName)),
                ("@attributes", group.Attributes.ToJsonString()),
                ("@providers", Rows.Array(group.ServiceProviders)),
                ("@version", group.Version),
                ("@created", group.Created.Ms()),
                ("@modified", group.Modified.Ms())),
            group.Id);
        session.Execute("DELETE FROM group_members WHERE group_id = @id", ("@id", group.Id));
        session.Execute(
            $"INSERT INTO group_members (group_id, user_id, position) SELECT @id, i.value, i.key FROM {session.Dialect.Elements("@ids")} i",
            ("@id", group.Id),
            ("@ids", members));
    }

    private static string? FirstUnknown(SqlSession session, string members)
    {
        UserLocks.Share(session, members);
        return (string?)session.Scalar(
            $"SELECT i.value FROM {session.Dialect.Elements("@ids")} i WHERE NOT EXISTS (SELECT 1 FROM users WHERE users.id = i.value) LIMIT 1", ("@ids", members));
    }

    private static void Unique(SqlSession session, string sql, string name, string id)
    {
        if (session.Scalar(sql, ("@key", Rows.Key(name))) is string other && other != id)
            throw new DuplicateNameException(name);
    }

    private static void Changed(int rows, string id)
    {
        if (rows == 0)
            throw new VersionConflictException(id);
    }
}
