using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv;

/// <summary>What one operation did to one row. Done twice it is the same as done once.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Fields">The fields that got another value, null for those that were emptied; null when the row was removed.</param>
/// <param name="Created">Whether the row was new. A change of a row that somebody removed meanwhile does not bring it back.</param>
internal sealed record RowChange(string Id, JsonObject? Fields, bool Created)
{
    private const string New = "new";
    private const string Set = "set";

    public JsonObject ToJson() => Fields is null
        ? new JsonObject { [CsvTable.Id] = Id }
        : new JsonObject { [CsvTable.Id] = Id, [Created ? New : Set] = Fields };

    /// <summary>Reads what <see cref="ToJson"/> wrote; null when it is something else.</summary>
    public static RowChange? From(JsonNode? node)
    {
        if (node is not JsonObject change || change[CsvTable.Id] is not JsonValue id)
            return null;
        if (change.Count == 1)
            return new RowChange(id.ToString(), null, Created: false);
        return (change[New] ?? change[Set]) is JsonObject fields ? new RowChange(id.ToString(), fields, change.ContainsKey(New)) : null;
    }
}
