namespace Provisioning.Storage;

/// <summary>Reads of many users or groups end where they become too much for the memory: by bytes, not only by number.</summary>
internal static class Bounded
{
    /// <summary>A batch ends with the row that reaches so many bytes. In memory an attribute takes some tens of times what it takes here.</summary>
    public const int BatchBytes = 1024 * 1024;

    /// <summary>The same for one page of a list, which is answered as a whole.</summary>
    public const int PageBytes = 2 * 1024 * 1024;

    public const string UserBytes = "octet_length(attributes)";

    // An id and what is around it. Members are counted only as far as it makes a difference.
    public const string GroupBytes =
        "octet_length(attributes) + 40 * (SELECT count(*) FROM (SELECT 1 FROM group_members m WHERE m.group_id = groups.id LIMIT 50000) counted)";

    /// <summary>A SELECT of the ids of those rows that fit, at least one, before <c>@room</c> bytes are reached.</summary>
    /// <param name="table">Has a column <c>id</c>, by which the rows are ordered.</param>
    /// <param name="bytes">An expression: what a row takes.</param>
    /// <param name="where">Selects the rows.</param>
    /// <param name="limit">How many rows at most.</param>
    public static string Ids(string table, string bytes, string where, string limit) => $"""
        SELECT id FROM (SELECT id, SUM(bytes) OVER (ORDER BY id) - bytes AS earlier
            FROM (SELECT id, {bytes} AS bytes FROM {table} {where} ORDER BY id {limit}) sized) summed
        WHERE earlier < @room
        """;
}
