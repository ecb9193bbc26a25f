using System.Data.Common;
using System.Text.Json;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

internal sealed class SqlUserStore(Database database) : IUserStore
{
    internal const string DueSql = $"""
        SELECT {UserRows.UserColumns} FROM users WHERE decide_at <= @now AND (decide_at, id) > (@at, @after) ORDER BY decide_at, id LIMIT @max
        """;

    internal const string FindByNameSql = $"SELECT {UserRows.UserColumns} FROM users WHERE user_name_key = @key";

    public Task<User?> FindUserAsync(string id, CancellationToken cancellationToken) =>
        UserAsync($"SELECT {UserRows.UserColumns} FROM users WHERE id = @key", id, cancellationToken);

    public Task<User?> FindUserByNameAsync(string userName, CancellationToken cancellationToken) =>
        UserAsync(FindByNameSql, Rows.Key(userName), cancellationToken);

    public Task<User?> FindUserByExternalIdAsync(string externalId, CancellationToken cancellationToken) =>
        UserAsync($"SELECT {UserRows.UserColumns} FROM users WHERE external_id = @key ORDER BY id LIMIT 1", externalId, cancellationToken);

    public Task<IReadOnlyList<User>> ListUsersAsync(string? afterId, int count, CancellationToken cancellationToken) =>
        BatchAsync("users", "TRUE", Bounded.UserIds, _ => UserRows.UserColumns, UserRows.MapUser, afterId, count, cancellationToken);

    public Task<IReadOnlyList<User>> ListRegroupedAsync(string? afterId, int count, CancellationToken cancellationToken) =>
        BatchAsync("users", "regrouped IS NOT NULL", Bounded.UserIds, _ => UserRows.UserColumns, UserRows.MapUser, afterId, count, cancellationToken);

    public Task<IReadOnlyList<User>> ListDueAsync(DateTimeOffset at, User? after, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<User>>(
            session => session.List(
                DueSql,
                UserRows.MapUser,
                ("@now", at.Ms()),
                ("@at", after?.DecideAt?.Ms() ?? long.MinValue),
                ("@after", after?.Id ?? ""),
                ("@max", count)),
            cancellationToken);

    public Task<Page<User>> PageUsersAsync(string? serviceProvider, long skip, int count, CancellationToken cancellationToken) =>
        PageAsync("users", Bounded.UserIds, _ => UserRows.UserColumns, UserRows.MapUser, serviceProvider, skip, count, cancellationToken);

    public Task<long> CountUsersAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => (long)session.Scalar("SELECT count(*) FROM users")!, cancellationToken);

    public Task<Group?> FindGroupAsync(string id, CancellationToken cancellationToken) =>
        GroupAsync("id = @key", id, cancellationToken);

    public Task<Group?> FindGroupByNameAsync(string displayName, CancellationToken cancellationToken) =>
        GroupAsync("display_name_key = @key", Rows.Key(displayName), cancellationToken);

    public Task<IReadOnlyList<Group>> ListGroupsAsync(string? afterId, int count, CancellationToken cancellationToken) =>
        BatchAsync("groups", "TRUE", Bounded.GroupIds, GroupColumns, MapGroup, afterId, count, cancellationToken);

    public Task<Page<Group>> PageGroupsAsync(string? serviceProvider, long skip, int count, CancellationToken cancellationToken) =>
        PageAsync("groups", Bounded.GroupIds, GroupColumns, MapGroup, serviceProvider, skip, count, cancellationToken);

    public Task<long> CountGroupsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => (long)session.Scalar("SELECT count(*) FROM groups")!, cancellationToken);

    public Task<IReadOnlyList<GroupReference>> GroupsOfAsync(string userId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<GroupReference>>(
            session => session.List(
                """
                SELECT g.id, g.display_name FROM group_members m JOIN groups g ON g.id = m.group_id
                WHERE m.user_id = @user ORDER BY g.id
                """,
                row => new GroupReference(row.GetString(0), row.GetString(1)),
                ("@user", userId)),
            cancellationToken);

    public Task<ILookup<string, GroupReference>> GroupsOfAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.List(
                $"""
                SELECT m.user_id, g.id, g.display_name FROM {session.Dialect.Elements("@ids")} i
                    {session.Dialect.LookUp} group_members m ON m.user_id = i.value {session.Dialect.LookUp} groups g ON g.id = m.group_id
                ORDER BY m.user_id, g.id
                """,
                row => (User: row.GetString(0), Group: new GroupReference(row.GetString(1), row.GetString(2))),
                ("@ids", Rows.Array(userIds))).ToLookup(x => x.User, x => x.Group, StringComparer.Ordinal),
            cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> UserNamesAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, string>>(
            session => session.List(
                $"SELECT DISTINCT u.id, u.user_name FROM {session.Dialect.Elements("@ids")} i {session.Dialect.LookUp} users u ON u.id = i.value",
                row => (Id: row.GetString(0), Name: row.GetString(1)),
                ("@ids", Rows.Array(userIds))).ToDictionary(user => user.Id, user => user.Name, StringComparer.Ordinal),
            cancellationToken);

    // Only the page's rows are read; the total and the skipped ones come from the table's keys, or from one column of it.
    private Task<Page<T>> PageAsync<T>(
        string table,
        Func<string, string, string, string> ids,
        Func<SqlSession, string> columns,
        Func<DbDataReader, T> map,
        string? serviceProvider,
        long skip,
        int count,
        CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
            {
                // A provider's name is quoted in the stored array, so it is found as a whole.
                var of = serviceProvider is null ? "TRUE" : session.Dialect.Contains("service_providers", "@provider");
                (string, object?)[] provider = serviceProvider is null ? [] : [("@provider", JsonSerializer.Serialize(serviceProvider))];
                var total = (long)session.Scalar($"SELECT count(*) FROM {table} WHERE {of}", provider)!;
                var items = count == 0 || skip >= total ? [] : session.List(
                    $"""
                    SELECT {columns(session)} FROM {table} WHERE id IN ({ids(of, "", "OFFSET @skip")})
                    ORDER BY id
                    """,
                    map,
                    [.. provider, ("@count", count), ("@skip", skip), ("@room", (long)Bounded.PageBytes)]);
                return new Page<T>(items, total);
            },
            cancellationToken);

    private Task<IReadOnlyList<T>> BatchAsync<T>(
        string table,
        string condition,
        Func<string, string, string, string> ids,
        Func<SqlSession, string> columns,
        Func<DbDataReader, T> map,
        string? afterId,
        int count,
        CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<T>>(
            session => session.List(
                $"""
                SELECT {columns(session)} FROM {table} WHERE id IN ({ids(condition, "AND id > @after", "")})
                ORDER BY id
                """,
                map,
                ("@after", afterId ?? ""),
                ("@count", count),
                ("@room", (long)Bounded.BatchBytes)),
            cancellationToken);

    private static Group MapGroup(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Json(2)!, row.Names(7), row.Names(3), row.GetInt64(4), row.Time(5), row.Time(6));

    private Task<User?> UserAsync(string sql, string key, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.First(sql, UserRows.MapUser, ("@key", key)), cancellationToken);

    private static string GroupColumns(SqlSession session) =>
        $"id, display_name, attributes, service_providers, version, created, modified, {session.Dialect.Members}";

    private Task<Group?> GroupAsync(string condition, string key, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.First($"SELECT {GroupColumns(session)} FROM groups WHERE {condition}", MapGroup, ("@key", key)), cancellationToken);
}
