using System.Text.Json;
using Microsoft.Data.Sqlite;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

internal sealed class SqliteUserStore(SqliteDatabase database) : IUserStore
{
    internal const string FindByNameSql = $"SELECT {UserRows.UserColumns} FROM users WHERE user_name_key = @key";

    private const string GroupColumns = """
        g.id, g.display_name, g.attributes, g.service_providers, g.version, g.created, g.modified,
        (SELECT json_group_array(m.user_id ORDER BY m.position) FROM group_members m WHERE m.group_id = g.id)
        """;

    public Task<User?> FindUserAsync(string id, CancellationToken cancellationToken) =>
        UserAsync($"SELECT {UserRows.UserColumns} FROM users WHERE id = @key", id, cancellationToken);

    public Task<User?> FindUserByNameAsync(string userName, CancellationToken cancellationToken) =>
        UserAsync(FindByNameSql, Rows.Key(userName), cancellationToken);

    public Task<User?> FindUserByExternalIdAsync(string externalId, CancellationToken cancellationToken) =>
        UserAsync($"SELECT {UserRows.UserColumns} FROM users WHERE external_id = @key ORDER BY id LIMIT 1", externalId, cancellationToken);

    public Task<IReadOnlyList<User>> ListUsersAsync(string? afterId, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<User>>(
            session => session.List(
                $"SELECT {UserRows.UserColumns} FROM users WHERE id > @after ORDER BY id LIMIT @count",
                UserRows.MapUser,
                ("@after", afterId ?? ""),
                ("@count", count)),
            cancellationToken);

    public Task<Page<User>> PageUsersAsync(string? serviceProvider, long skip, int count, CancellationToken cancellationToken) =>
        PageAsync("users", "users u", UserRows.UserColumns, "u", UserRows.MapUser, serviceProvider, skip, count, cancellationToken);

    public Task<long> CountUsersAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => (long)session.Scalar("SELECT count(*) FROM users")!, cancellationToken);

    public Task<Group?> FindGroupAsync(string id, CancellationToken cancellationToken) =>
        GroupAsync($"SELECT {GroupColumns} FROM groups g WHERE g.id = @key", id, cancellationToken);

    public Task<Group?> FindGroupByNameAsync(string displayName, CancellationToken cancellationToken) =>
        GroupAsync($"SELECT {GroupColumns} FROM groups g WHERE g.display_name_key = @key", Rows.Key(displayName), cancellationToken);

    public Task<IReadOnlyList<Group>> ListGroupsAsync(string? afterId, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Group>>(
            session => session.List(
                $"SELECT {GroupColumns} FROM groups g WHERE g.id > @after ORDER BY g.id LIMIT @count",
                MapGroup,
                ("@after", afterId ?? ""),
                ("@count", count)),
            cancellationToken);

    public Task<Page<Group>> PageGroupsAsync(string? serviceProvider, long skip, int count, CancellationToken cancellationToken) =>
        PageAsync("groups", "groups g", GroupColumns, "g", MapGroup, serviceProvider, skip, count, cancellationToken);

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

    public Task<IReadOnlyDictionary<string, string>> UserNamesAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, string>>(
            session => session.List(
                "SELECT DISTINCT u.id, u.user_name FROM json_each(@ids) i CROSS JOIN users u ON u.id = i.value",
                row => (Id: row.GetString(0), Name: row.GetString(1)),
                ("@ids", Rows.Array(userIds))).ToDictionary(user => user.Id, user => user.Name, StringComparer.Ordinal),
            cancellationToken);

    // Only the page's rows are read; the total and the skipped ones come from the table's keys, or from one column of it.
    private Task<Page<T>> PageAsync<T>(
        string table,
        string alias,
        string columns,
        string name,
        Func<SqliteDataReader, T> map,
        string? serviceProvider,
        long skip,
        int count,
        CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
            {
                // A provider's name is quoted in the stored array, so it is found as a whole.
                var of = serviceProvider is null ? "@provider IS NULL" : "instr(service_providers, @provider) > 0";
                var provider = ("@provider", serviceProvider is null ? null : (object)JsonSerializer.Serialize(serviceProvider));
                var total = (long)session.Scalar($"SELECT count(*) FROM {table} WHERE {of}", provider)!;
                var items = count == 0 || skip >= total ? [] : session.List(
                    $"""
                    SELECT {columns} FROM {alias} WHERE {name}.id IN
                        (SELECT id FROM {table} WHERE {of} ORDER BY id LIMIT @count OFFSET @skip) ORDER BY {name}.id
                    """,
                    map,
                    provider,
                    ("@count", count),
                    ("@skip", skip));
                return new Page<T>(items, total);
            },
            cancellationToken);

    private static Group MapGroup(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Json(2)!, row.Names(7), row.Names(3), row.GetInt64(4), row.Time(5), row.Time(6));

    private Task<User?> UserAsync(string sql, string key, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.First(sql, UserRows.MapUser, ("@key", key)), cancellationToken);

    private Task<Group?> GroupAsync(string sql, string key, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.First(sql, MapGroup, ("@key", key)), cancellationToken);
}
