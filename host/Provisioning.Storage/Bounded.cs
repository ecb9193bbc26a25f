namespace Provisioning.Storage;

/// <summary>Reads of many users or groups end where they become too much for the memory: by bytes, not only by number.</summary>
internal static class Bounded
{
    /// <summary>A batch ends with the row that reaches so many bytes. In memory an attribute takes some tens of times what it takes here.</summary>
    public const int BatchBytes = 1024 * 1024;

    /// <summary>The same for one page of a list, which is answered as a whole.</summary>
    public const int PageBytes = 2 * 1024 * 1024;

    private const string UserBytes = "(SELECT coalesce(sum(octet_length(r.attributes)), 0) FROM registrations r WHERE r.user_id = users.id)";

    /// <summary>The size of a group: an id and what is around it for each member. Members are counted only as far as it makes a difference.</summary>
    public const string WholeGroup =
        "octet_length(attributes) + 40 * (SELECT count(*) FROM (SELECT 1 FROM group_members m WHERE m.group_id = groups.id LIMIT 50000) counted)";

    /// <summary>The size of a group that is read without its members.</summary>
    public const string GroupHead = "octet_length(attributes)";

    /// <summary>A SELECT of the ids of those users that fit, at least one, before <c>@room</c> bytes are reached; <c>@count</c> at most.</summary>
    /// <param name="condition">Selects the users.</param>
    /// <param name="start">With which of them it begins: a further condition.</param>
    /// <param name="offset">The same as an OFFSET.</param>
    public static string UserIds(string condition, string start, string offset) => $"""
        SELECT id FROM (SELECT id, SUM(bytes) OVER (ORDER BY id) - bytes AS earlier
            FROM (SELECT id, {UserBytes} AS bytes FROM users WHERE {condition} {start} ORDER BY id LIMIT @count {offset}) sized) summed
        WHERE earlier < @room
        """;

    /// <summary>The same for the users of one service provider, in the order of their names there. <c>@provider</c> is the service provider.</summary>
    /// <inheritdoc cref="UserIds" path="/param" />
    public static string RegisteredIds(string start, string offset) => $"""
        SELECT user_id FROM (SELECT user_id, SUM(bytes) OVER (ORDER BY user_name_key) - bytes AS earlier
            FROM (SELECT user_id, user_name_key, octet_length(attributes) AS bytes FROM registrations
                WHERE service_provider = @provider {start} ORDER BY user_name_key LIMIT @count {offset}) sized) summed
        WHERE earlier < @room
        """;

    /// <summary>
    /// The same for the users of one service provider that changed last at <c>@since</c> or later, those first that changed last, after the place <c>@at</c>, <c>@after</c>. Who changes while the list
    /// is read goes to its beginning, where nobody looks any more: nobody is read twice, and the list comes to its end.
    /// </summary>
    public const string ModifiedIds = """
        SELECT user_id FROM (SELECT user_id, SUM(bytes) OVER (ORDER BY modified DESC, user_id DESC) - bytes AS earlier
            FROM (SELECT user_id, modified, octet_length(attributes) AS bytes FROM registrations
                WHERE service_provider = @provider AND (modified, user_id) < (@at, @after) AND modified >= @since ORDER BY modified DESC, user_id DESC LIMIT @count) sized) summed
        WHERE earlier < @room
        """;

    /// <summary>
    /// The same for groups. To size a group is to count its members, so that it goes from group to group: where a page takes two of a hundred large ones,
    /// the other members are not counted for each page anew.
    /// </summary>
    /// <param name="size">Of a group: <see cref="WholeGroup"/> or <see cref="GroupHead"/>.</param>
    /// <inheritdoc cref="UserIds" />
    public static string GroupIds(string size, string condition, string start, string offset) => $"""
        WITH RECURSIVE walk(id, bytes, place) AS (
            SELECT * FROM (SELECT id, {size}, 1 FROM groups WHERE {condition} {start} ORDER BY id LIMIT 1 {offset}) first
            UNION ALL
            SELECT groups.id, walk.bytes + {size}, walk.place + 1
            FROM walk JOIN groups ON groups.id = (SELECT following.id FROM groups following WHERE {condition} AND following.id > walk.id ORDER BY following.id LIMIT 1)
            WHERE walk.bytes < @room AND walk.place < @count)
        SELECT id FROM walk
        """;
}
