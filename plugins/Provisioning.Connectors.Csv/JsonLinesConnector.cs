using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv;

/// <summary>Keeps accounts as lines of JSON, with all their structure.</summary>
internal sealed class JsonLinesConnector(JsonLinesSettings settings, ConnectorContext context)
    : FileConnector<JsonRow, JsonTable>(
        new JsonLinesFile(FullPath(settings.Path, context), new RewritePace(context.Time)) { MakesFolder = !Path.IsPathRooted(settings.Path) }, context.Time)
{
    protected override JsonRow Make(string id, NewAccount account)
    {
        var line = new JsonObject { [CsvTable.Id] = id, [CsvTable.Marker] = account.OwnershipMarker, [CsvTable.Enabled] = account.Enabled };
        foreach (var (name, value) in account.Attributes)
        {
            if (value is not null && IsAttribute(name, value, account.OwnershipMarker))
                line[name] = value.DeepClone();
        }

        return new JsonRow(line);
    }

    protected override JsonRow Change(JsonRow row, IReadOnlyList<AttributeChange> changes, string marker)
    {
        var line = row.Copy();
        foreach (var change in changes)
        {
            if (!IsAttribute(change.Attribute, change.Value, marker))
                continue;
            if (change.SubAttribute is not { } part)
                Set(line, change.Attribute, change.Value);
            else
                Set(Parts(line, change.Attribute), part, change.Value);
        }

        return new JsonRow(line);
    }

    private static JsonObject Parts(JsonObject line, string attribute)
    {
        if (line[attribute] is JsonObject parts)
            return parts;
        var made = new JsonObject();
        line[attribute] = made;
        return made;
    }

    private static void Set(JsonObject target, string name, JsonNode? value)
    {
        if (value is null)
            target.Remove(name);
        else
            target[name] = value.DeepClone();
    }
}
