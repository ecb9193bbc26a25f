using System.Data.Common;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

internal sealed class SqlUserStore(Database database) : IUserStore
{
    internal static readonly string DueSql = UserRows.Select("TRUE", "users.decide_at, users.id", """
        (SELECT * FROM users WHERE decide_at <= @now AND (decide_at, id) > (@at, @after) ORDER BY decide_at, id LIMIT @max) users
        """);

    internal static readonly string FindByNameSql = UserRows.Select("users.user_name_key = @key", "users.apart");

    internal static readonly string FindMatchedSql = UserRows.Select("users.user_name_key = @key AND users.apart = ''", "users.apart");

    internal static readonly string FindRegisteredSql = UserRows.Select(
        "users.id = (SELECT user_id FROM registrations WHERE service_provider = @provider AND user_name_key = @key)");

    internal const string WithExternalId = "SELECT user_id FROM registrations WHERE external_id = @key AND service_provider = coalesce(@provider, service_provider)";

    internal static readonly string ByEmailSql = UserRows.Select($"users.id IN ({WithEmail})");

    internal const string WithDisplayName = "SELECT user_id FROM registrations WHERE display_name_key = @key AND service_provider = coalesce(@provider, service_provider)";

    internal const string WithEmail = """
        SELECT user_id FROM registrations WHERE email_key = @key AND service_provider = coalesce(@provider, service_provider)
        UNION SELECT user_id FROM registration_values WHERE value_key = @key AND kind = @kind AND service_provider = coalesce(@provider, service_provider)
        """;

    private static readonly string ModifiedSql = UserRows.Select($"users.id IN ({Bounded.ModifiedIds})");

    internal static readonly string ByValueSql = UserRows.Select(
        "users.id IN (SELECT user_id FROM registration_values WHERE value_key = @key AND kind = @kind AND service_provider = coalesce(@provider, service_provider))");

    private static readonly string FindSql = UserRows.Select("users.id = @key");

    public Task<User?> FindUserAsync(string id, CancellationToken cancellationToken) => UserAsync(FindSql, id, cancellationToken);

    public Task<User?> FindUserByNameAsync(string userName, CancellationToken cancellationToken) =>
        UserAsync(FindByNameSql, Rows.Key(userName), cancellationToken);

    public Task<User?> FindMatchedAsync(string userName, CancellationToken cancellationToken) =>
        UserAsync(FindMatchedSql, Rows.Key(userName), cancellationToken);

    public Task<User?> FindRegisteredAsync(string serviceProvider, string userName, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => UserRows.First(session, FindRegisteredSql, ("@provider", serviceProvider), ("@key", Rows.Key(userName))), cancellationToken);

    public Task<IReadOnlyList<User>> ListByExternalIdAsync(string? serviceProvider, string externalId, string? afterId, int count, CancellationToken cancellationToken) =>
        UsersWithAsync(WithExternalId, externalId, serviceProvider, afterId, count, cancellationToken);

    public Task<IReadOnlyList<User>> ListByEmailAsync(string? serviceProvider, string email, CancellationToken cancellationToken) =>
        ListByValueAsync(serviceProvider, new RegistrationValue(RegistrationValueKind.Email, CanonicalText.KeyOf(email)), cancellationToken);

    public Task<IReadOnlyList<User>> ListByDisplayNameAsync(string? serviceProvider, string displayName, string? afterId, int count, CancellationToken cancellationToken) =>
        UsersWithAsync(WithDisplayName, Registration.DisplayNameKeyOf(displayName), serviceProvider, afterId, count, cancellationToken);

    public Task<IReadOnlyList<User>> ListByEmailAsync(string? serviceProvider, string email, string? afterId, int count, CancellationToken cancellationToken) =>
        UsersWithAsync(WithEmail, CanonicalText.KeyOf(email), serviceProvider, afterId, count, cancellationToken);

    public Task<IReadOnlyList<User>> ListModifiedAsync(string serviceProvider, DateTimeOffset since, ModifiedPlace after, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<User>>(
            session =>
            [
                .. UserRows.List(
                    session,
                    ModifiedSql,
                    ("@provider", serviceProvider),
                    ("@since", since.Ms()),
                    ("@at", after.Modified.Ms()),
                    ("@after", after.UserId),
                    ("@count", count),
                    ("@room", (long)Bounded.BatchBytes)).OrderByDescending(x => x.RegistrationAt(serviceProvider)!.Modified).ThenByDescending(x => x.Id, StringComparer.Ordinal),
            ],
            cancellationToken);

    public Task<IReadOnlyList<User>> ListByValueAsync(string? serviceProvider, RegistrationValue value, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<User>>(
            session => UserRows.List(session, value.Kind == RegistrationValueKind.Email ? ByEmailSql : ByValueSql, ("@key", value.Key), ("@kind", (int)value.Kind), ("@provider", serviceProvider)), cancellationToken);

    public Task<IReadOnlyList<User>> ListUsersAsync(string? afterId, int count, CancellationToken cancellationToken) =>
        UsersAsync(Bounded.UserIds("TRUE", "AND id > @after", ""), afterId, count, cancellationToken);

    public Task<IReadOnlyList<User>> ListRegroupedAsync(string? afterId, int count, CancellationToken cancellationToken) =>
        UsersAsync(Bounded.UserIds("regrouped IS NOT NULL", "AND id > @after", ""), afterId, count, cancellationToken);

    public Task<IReadOnlyList<User>> ListRegisteredAsync(string serviceProvider, string? afterName, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<User>>(
            session => InOrderOfNames(serviceProvider, UserRows.List(
                session,
                UserRows.Select($"users.id IN ({Bounded.RegisteredIds("AND user_name_key > @after", "")})"),
                ("@provider", serviceProvider),
                ("@after", afterName is null ? AfterNameless : Rows.Key(afterName)),
                ("@count", count),
                ("@room", (long)Bounded.BatchBytes))),
            cancellationToken);

    public Task<IReadOnlyList<User>> ListDueAsync(DateTimeOffset at, User? after, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<User>>(
            session => UserRows.List(
                session,
                DueSql,
                ("@now", at.Ms()),
                ("@at", after?.DecideAt?.Ms() ?? long.MinValue),
                ("@after", after?.Id ?? ""),
                ("@max", count)),
            cancellationToken);

    public Task<Page<User>> PageUsersAsync(string? serviceProvider, long skip, int count, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
            {
                (string, object?)[] provider = serviceProvider is null ? [] : [("@provider", serviceProvider)];
                var total = (long)session.Scalar(
                    serviceProvider is null ? "SELECT count(*) FROM users" : "SELECT count(*) FROM registrations WHERE service_provider = @provider", provider)!;
                if (count == 0 || skip >= total)
                    return new Page<User>([], total);
                var ids = serviceProvider is null ? Bounded.UserIds("TRUE", "", "OFFSET @skip") : Bounded.RegisteredIds("", "OFFSET @skip");
                var found = UserRows.List(
                    session, UserRows.Select($"users.id IN ({ids})"), [.. provider, ("@count", count), ("@skip", skip), ("@room", (long)Bounded.PageBytes)]);
                return new Page<User>(serviceProvider is null ? found : InOrderOfNames(serviceProvider, found), total);
            },
            cancellationToken);

    public Task<long> CountUsersAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => (long)session.Scalar("SELECT count(*) FROM users")!, cancellationToken);

    public Task<Group?> FindGroupAsync(string id, CancellationToken cancellationToken) =>
        GroupAsync("id = @key", id, cancellationToken);

    public Task<GroupHead?> FindGroupHeadAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => GroupRows.FindHead(session, id), cancellationToken);

    public Task<IReadOnlyList<Group>> ListGroupsByNameAsync(string? serviceProvider, string displayName, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Group>>(
            session => NamedGroups(session, GroupColumns(session), GroupRows.MapWhole, serviceProvider, displayName), cancellationToken);

    public Task<IReadOnlyList<GroupHead>> ListGroupHeadsByNameAsync(string? serviceProvider, string displayName, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<GroupHead>>(
            session => NamedGroups(session, GroupRows.HeadColumns, GroupRows.MapHead, serviceProvider, displayName), cancellationToken);

    public Task<IReadOnlyList<Group>> ListGroupsAsync(string? serviceProvider, string? afterId, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Group>>(
            session => ListGroups(session, GroupColumns(session), GroupRows.MapWhole, Bounded.WholeGroup, serviceProvider, afterId, count), cancellationToken);

    public Task<IReadOnlyList<GroupHead>> ListGroupHeadsAsync(string? serviceProvider, string? afterId, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<GroupHead>>(
            session => ListGroups(session, GroupRows.HeadColumns, GroupRows.MapHead, Bounded.GroupHead, serviceProvider, afterId, count), cancellationToken);

    public Task<Page<Group>> PageGroupsAsync(string? serviceProvider, long skip, int count, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => PageGroups(session, GroupColumns(session), GroupRows.MapWhole, Bounded.WholeGroup, serviceProvider, skip, count), cancellationToken);

    public Task<Page<GroupHead>> PageGroupHeadsAsync(string? serviceProvider, long skip, int count, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => PageGroups(session, GroupRows.HeadColumns, GroupRows.MapHead, Bounded.GroupHead, serviceProvider, skip, count), cancellationToken);

    public Task<long> CountGroupsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => (long)session.Scalar("SELECT count(*) FROM groups")!, cancellationToken);

    public Task<IReadOnlyList<GroupReference>> GroupsOfAsync(string userId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<GroupReference>>(
            session => session.List(
                """
                SELECT g.id, g.display_name, g.service_provider, m.inherited FROM group_members m JOIN groups g ON g.id = m.group_id
                WHERE m.user_id = @user ORDER BY g.id
                """,
                row => new GroupReference(row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)),
                ("@user", userId)),
            cancellationToken);

    public Task<ILookup<string, GroupReference>> GroupsOfAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.List(
                $"""
                SELECT m.user_id, g.id, g.display_name, g.service_provider, m.inherited FROM {session.Dialect.Elements("@ids")} i
                    {session.Dialect.LookUp} group_members m ON m.user_id = i.value {session.Dialect.LookUp} groups g ON g.id = m.group_id
                ORDER BY m.user_id, g.id
                """,
                row => (User: row.GetString(0), Group: new GroupReference(row.GetString(1), row.GetString(2), row.GetString(3), row.GetBoolean(4))),
                ("@ids", Rows.Array(userIds))).ToLookup(x => x.User, x => x.Group, StringComparer.Ordinal),
            cancellationToken);

    public Task<IReadOnlyList<string>> GroupsWithAsync(string memberId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            session => session.List(
                """
                SELECT group_id FROM group_members WHERE user_id = @id AND NOT inherited
                UNION ALL SELECT group_id FROM nested_groups WHERE member_id = @id ORDER BY group_id
                """,
                row => row.GetString(0),
                ("@id", memberId)),
            cancellationToken);

    public Task<IReadOnlyList<string>> GroupsAmongAsync(string serviceProvider, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            session => session.List(
                $"SELECT g.id FROM {session.Dialect.Elements("@ids")} i {session.Dialect.LookUp} groups g ON g.id = i.value WHERE g.service_provider = @provider",
                row => row.GetString(0),
                ("@ids", Rows.Array(ids)),
                ("@provider", serviceProvider)),
            cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> UserNamesAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, string>>(
            session => session.List(
                $"SELECT DISTINCT u.id, u.user_name FROM {session.Dialect.Elements("@ids")} i {session.Dialect.LookUp} users u ON u.id = i.value",
                row => (Id: row.GetString(0), Name: row.GetString(1)),
                ("@ids", Rows.Array(userIds))).ToDictionary(user => user.Id, user => user.Name, StringComparer.Ordinal),
            cancellationToken);

    private static string Of(string? serviceProvider) => serviceProvider is null ? "TRUE" : "service_provider = @provider";

    private static (string, object?)[] Owner(string? serviceProvider) => serviceProvider is null ? [] : [("@provider", serviceProvider)];

    private const int Few = 8;

    private const string AfterNameless = "\u0002";

    private static IReadOnlyList<User> InOrderOfNames(string serviceProvider, List<User> users) =>
        [.. users.OrderBy(x => Rows.Key(x.RegistrationAt(serviceProvider)!.UserName), StringComparer.Ordinal)];

    private Task<IReadOnlyList<User>> UsersAsync(string ids, string? afterId, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<User>>(
            session => UserRows.List(
                session, UserRows.Select($"users.id IN ({ids})"), ("@after", afterId ?? ""), ("@count", count), ("@room", (long)Bounded.BatchBytes)),
            cancellationToken);

    // Mostly one has the value, or a few who need no measuring.
    private Task<IReadOnlyList<User>> UsersWithAsync(string ids, string key, string? serviceProvider, string? afterId, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<User>>(
            session =>
            {
                (string, object?)[] parameters = [("@key", key), ("@kind", (int)RegistrationValueKind.Email), ("@provider", serviceProvider), ("@after", afterId ?? "")];
                var few = session.List(
                    $"SELECT user_id FROM ({ids}) found WHERE user_id > @after ORDER BY user_id LIMIT {Few + 1}", row => row.GetString(0), parameters);
                return few.Count == 0 ? []
                    : few.Count <= Few ? UserRows.List(session, UserRows.Select($"users.id IN (SELECT i.value FROM {session.Dialect.Elements("@ids")} i)"), ("@ids", Rows.Array(few.Take(count))))
                    : UserRows.List(
                        session,
                        UserRows.Select($"users.id IN ({Bounded.UserIds($"id IN ({ids})", "AND id > @after", "")})"),
                        [.. parameters, ("@count", count), ("@room", (long)Bounded.BatchBytes)]);
            },
            cancellationToken);

    private Task<User?> UserAsync(string sql, string key, CancellationToken cancellationToken) =>
        database.ReadAsync(session => UserRows.First(session, sql, ("@key", key)), cancellationToken);

    private static List<T> NamedGroups<T>(SqlSession session, string columns, Func<DbDataReader, T> map, string? serviceProvider, string displayName) => session.List(
        $"SELECT {columns} FROM groups WHERE display_name_key = @key AND service_provider = coalesce(@provider, service_provider) ORDER BY id",
        map,
        ("@key", Rows.Key(displayName)),
        ("@provider", serviceProvider));

    private static List<T> ListGroups<T>(
        SqlSession session, string columns, Func<DbDataReader, T> map, string size, string? serviceProvider, string? afterId, int count) => session.List(
            $"SELECT {columns} FROM groups WHERE id IN ({Bounded.GroupIds(size, Of(serviceProvider), "AND id > @after", "")}) ORDER BY id",
            map,
            [.. Owner(serviceProvider), ("@after", afterId ?? ""), ("@count", count), ("@room", (long)Bounded.BatchBytes)]);

    // Only the page's rows are read; the total and the skipped ones come from an index.
    private static Page<T> PageGroups<T>(
        SqlSession session, string columns, Func<DbDataReader, T> map, string size, string? serviceProvider, long skip, int count)
    {
        var total = (long)session.Scalar($"SELECT count(*) FROM groups WHERE {Of(serviceProvider)}", Owner(serviceProvider))!;
        return new Page<T>(
            count == 0 || skip >= total ? [] : session.List(
                $"SELECT {columns} FROM groups WHERE id IN ({Bounded.GroupIds(size, Of(serviceProvider), "", "OFFSET @skip")}) ORDER BY id",
                map,
                [.. Owner(serviceProvider), ("@count", count), ("@skip", skip), ("@room", (long)Bounded.PageBytes)]),
            total);
    }

    private static string GroupColumns(SqlSession session) => $"""
        {GroupRows.HeadColumns}, {session.Dialect.Names("m.user_id", "m.position", "group_members m WHERE m.group_id = groups.id AND NOT m.inherited")},
        {session.Dialect.Names("n.member_id", "n.position", "nested_groups n WHERE n.group_id = groups.id")},
        CASE WHEN EXISTS (SELECT 1 FROM nested_groups n WHERE n.group_id = groups.id)
            THEN {session.Dialect.Names("m.user_id", "m.user_id", "group_members m WHERE m.group_id = groups.id AND m.inherited")} ELSE '[]' END
        """;

    private Task<Group?> GroupAsync(string condition, string key, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.First($"SELECT {GroupColumns(session)} FROM groups WHERE {condition}", GroupRows.MapWhole, ("@key", key)), cancellationToken);
}
