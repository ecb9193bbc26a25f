using System.Data.Common;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>Writes of users, inside the transaction of the ledger.</summary>
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
