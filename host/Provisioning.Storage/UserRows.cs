using System.Data.Common;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>Users and their registrations, as rows.</summary>
internal static class UserRows
{
    /// <summary>The columns of a user and of one registration each.</summary>
    private const string Columns = """
        users.id, users.user_name, users.apart, users.version, users.created, users.modified, users.decide_at,
        r.service_provider, r.attributes, r.origin, r.version, r.created, r.modified
        """;

    /// <summary>The keys of registrations without a name begin so, and stand before all others.</summary>
    internal const string Nameless = "\u0001";

    // Mostly the name stays the same.
    private const string UpdateUnderItsName = """
        UPDATE users SET version = @version, modified = @modified, decide_at = @decide
        WHERE id = @id AND version = @version - 1 AND created = @created AND user_name = @name AND user_name_key = @key AND apart = @apart
        """;

    private const string UpdateUser = """
        UPDATE users SET user_name = @name, user_name_key = @key, version = @version, created = @created, modified = @modified, decide_at = @decide,
            apart = CASE WHEN EXISTS (SELECT 1 FROM users other WHERE other.user_name_key = @key AND other.apart = '' AND other.id <> @id) THEN id ELSE @apart END
        WHERE id = @id AND version = @version - 1
        """;

    private const string InsertRegistration = """
        INSERT INTO registrations (user_id, service_provider, user_name_key, external_id, email_key, display_name_key, attributes, origin, version, created, modified)
        SELECT @id, @provider, @key, @external, @email, @display, @attributes, @origin, @version, @created, @modified
        """;

    // Mostly what a registration is found by stays the same. A column that is set costs its index, whether it changes or not.
    private const string UpdateUnderItsKeys = """
        UPDATE registrations SET attributes = @attributes, origin = @origin, version = @version, modified = @modified
        WHERE user_id = @id AND service_provider = @provider AND version < @version AND created = @created AND user_name_key = @key
            AND coalesce(external_id, '') = coalesce(@external, '') AND coalesce(email_key, '') = coalesce(@email, '') AND coalesce(display_name_key, '') = coalesce(@display, '')
        """;

    /// <summary>Selects users as <see cref="Read"/> reads them.</summary>
    /// <param name="condition">Selects the users.</param>
    /// <param name="order">The order of the users.</param>
    /// <param name="from">Where they come from.</param>
    public static string Select(string condition, string order = "users.id", string from = "users") =>
        $"SELECT {Columns} FROM {from} LEFT JOIN registrations r ON r.user_id = users.id WHERE {condition} ORDER BY {order}";

    public static User? First(SqlSession session, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Read(session.List(sql, Map, parameters)) is [var first, ..] ? first : null;

    public static List<User> List(SqlSession session, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Read(session.List(sql, Map, parameters));

    public static void Write(SqlSession session, User user, WriteKind kind)
    {
        switch (kind)
        {
            case WriteKind.Insert:
                Insert(session, user);
                break;
            case WriteKind.Update:
                Update(session, user);
                break;
            default:
                Changed(Delete(session, user), user.Id);
                session.Post("DELETE FROM registrations WHERE user_id = @id", ("@id", user.Id));
                foreach (var registration in user.Registrations)
                    RegistrationValues.Remove(session, user.Id, registration, registration.Values());
                break;
        }
    }

    // Whoever ends the last registration must not end one that another service provider has just made.
    private static int Delete(SqlSession session, User user) => user.EndedBy is null
        ? session.Execute("DELETE FROM users WHERE id = @id", ("@id", user.Id))
        : session.Execute("DELETE FROM users WHERE id = @id AND version = @version", ("@id", user.Id), ("@version", user.Version));

    // The first of the two statements goes along with the second one; only if nothing came of them, the reason is asked for.
    private static void Insert(SqlSession session, User user)
    {
        session.Post(
            """
            INSERT INTO users (id, user_name, user_name_key, apart, version, created, modified, decide_at)
            VALUES (@id, @name, @key, @apart, @version, @created, @modified, @decide) ON CONFLICT DO NOTHING
            """,
            Values(user));
        var rows = session.Execute(
            $"""
            {InsertRegistration} WHERE EXISTS (SELECT 1 FROM users WHERE id = @id) ON CONFLICT DO NOTHING
            """,
            Values(user.Id, user.Registrations[0]));
        if (rows == 0)
            throw IsTaken(session, user, user.Registrations[0]) || session.Scalar("SELECT id FROM users WHERE id = @id", ("@id", user.Id)) is null
                ? new DuplicateNameException(user.UserName)
                : new VersionConflictException(user.Id);
        RegistrationValues.Add(session, user.Id, user.Registrations[0], user.Registrations[0].Values());
    }

    // A person whose new name is that of another one is known apart from that one. A registration of a trusted one that renames others with it is the
    // first; where one of the others has the name already, that one stays as it is.
    private static void Update(SqlSession session, User user)
    {
        if (user.EndedBy is { } ended)
            session.Post("DELETE FROM registrations WHERE user_id = @id AND service_provider = @provider", ("@id", user.Id), ("@provider", ended));
        foreach (var registration in user.Said.Select(user.RegistrationAt).OfType<Registration>())
        {
            session.Post(UpdateUnderItsKeys, Values(user.Id, registration));
            session.Post(
                $"""
                {InsertRegistration} WHERE NOT EXISTS
                    (SELECT 1 FROM registrations other WHERE other.service_provider = @provider AND other.user_name_key = @key AND other.user_id <> @id)
                    AND NOT EXISTS (SELECT 1 FROM registrations done WHERE done.user_id = @id AND done.service_provider = @provider AND done.version = @version
                        AND done.user_name_key = @key AND done.attributes = @attributes)
                ON CONFLICT (user_id, service_provider) DO UPDATE SET user_name_key = excluded.user_name_key, external_id = excluded.external_id, email_key = excluded.email_key,
                    display_name_key = excluded.display_name_key,
                    attributes = excluded.attributes, origin = excluded.origin, version = excluded.version, created = excluded.created, modified = excluded.modified
                """,
                Values(user.Id, registration));
        }

        var said = user.Said.Count == 0 ? null : user.RegistrationAt(user.Said[0]);
        const string IsSaid = " AND EXISTS (SELECT 1 FROM registrations r WHERE r.user_id = @id AND r.service_provider = @provider AND r.user_name_key = @said)";
        (string, object?)[] values = said is null ? Values(user) : [.. Values(user), ("@provider", said.ServiceProvider), ("@said", KeyOf(user.Id, said))];
        var rows = session.Execute(UpdateUnderItsName + (said is null ? "" : IsSaid), values);
        if (rows == 0)
            rows = session.Execute(UpdateUser + (said is null ? "" : IsSaid), values);
        if (rows == 0)
            throw said is not null && IsTaken(session, user, said) ? new DuplicateNameException(said.UserName) : new VersionConflictException(user.Id);
        RegistrationValues.Change(session, user);
    }

    private static bool IsTaken(SqlSession session, User user, Registration registration) => session.Scalar(
        "SELECT user_id FROM registrations WHERE service_provider = @provider AND user_name_key = @key",
        ("@provider", registration.ServiceProvider),
        ("@key", KeyOf(user.Id, registration))) is string other && other != user.Id;

    private static (string, object?)[] Values(User user) =>
    [
        ("@id", user.Id),
        ("@name", user.UserName),
        ("@key", Rows.Key(user.UserName)),
        ("@apart", user.IsMatched ? "" : user.Id),
        ("@version", user.Version),
        ("@created", user.Created.Ms()),
        ("@modified", user.Modified.Ms()),
        ("@decide", user.DecideAt.MsFrom()),
    ];

    private static (string, object?)[] Values(string userId, Registration registration) =>
    [
        ("@id", userId),
        ("@provider", registration.ServiceProvider),
        ("@key", KeyOf(userId, registration)),
        ("@external", registration.ExternalId),
        ("@email", registration.EmailKey),
        ("@display", registration.DisplayNameKey),
        ("@attributes", registration.AttributesJson),
        ("@origin", (int)registration.Origin),
        ("@version", registration.Version),
        ("@created", registration.Created.Ms()),
        ("@modified", registration.Modified.Ms()),
    ];

    // A trusted service provider may say something of somebody whom it does not name. No name begins so.
    private static string KeyOf(string userId, Registration registration) =>
        registration.UserName.Length == 0 ? Nameless + userId : Rows.Key(registration.UserName);

    // One row for each registration; those of a user stand together.
    private static List<User> Read(List<(User User, Registration? Registration)> rows)
    {
        var users = new List<User>(rows.Count);
        for (var i = 0; i < rows.Count;)
        {
            var (user, first) = rows[i];
            var registrations = new List<Registration>(1);
            if (first is not null)
                registrations.Add(first);
            for (i++; i < rows.Count && rows[i].User.Id == user.Id; i++)
                registrations.Add(rows[i].Registration!);
            if (registrations.Count > 1)
                registrations.Sort(static (x, y) => x.Created == y.Created ? string.CompareOrdinal(x.ServiceProvider, y.ServiceProvider) : x.Created.CompareTo(y.Created));
            users.Add(user with { Registrations = registrations });
        }

        return users;
    }

    private static (User User, Registration? Registration) Map(DbDataReader row) =>
    (
        new User(row.GetString(0), row.GetString(1), [], row.GetInt64(3), row.Time(4), row.Time(5)) { IsMatched = row.GetString(2).Length == 0, DecideAt = row.OptionalTime(6) },
        row.IsDBNull(7) ? null : new Registration(row.GetString(7), row.Json(8)!, (RegistrationOrigin)row.GetInt32(9), row.GetInt64(10), row.Time(11), row.Time(12)));

    private static void Changed(int rows, string id)
    {
        if (rows == 0)
            throw new VersionConflictException(id);
    }
}
