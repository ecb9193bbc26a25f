using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>How values look in the database.</summary>
internal static class Rows
{
    public static string? Text(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset Time(this DbDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? OptionalTime(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static JsonObject? Json(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : JsonNode.Parse(row.GetString(column))!.AsObject();

    public static IReadOnlyList<string> Names(this DbDataReader row, int column) =>
        JsonSerializer.Deserialize<List<string>>(row.GetString(column))!;

    /// <summary>A list of texts as a parameter. No stored text has a zero in it, and PostgreSQL's JSON takes none.</summary>
    public static string Array(IEnumerable<string> values) => JsonSerializer.Serialize(values.Select(StorableText.Of));

    public static long Ms(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <summary>The first millisecond that is not before a moment.</summary>
    public static long? MsFrom(this DateTimeOffset? time) => time is { } at ? at.AddTicks(TimeSpan.TicksPerMillisecond - 1).Ms() : null;

    /// <summary>Names are the same without regard to case and to how their accents are composed.</summary>
    public static string Key(string name) => CanonicalText.KeyOf(name);
}
