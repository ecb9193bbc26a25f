using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv;

/// <summary>One account as texts by column. An empty text and no text are the same, as they are in the file.</summary>
internal sealed class CsvRow : IAccountRow<CsvRow>
{
    private readonly Dictionary<string, string> _cells;

    public CsvRow() => _cells = new(StringComparer.OrdinalIgnoreCase);

    private CsvRow(CsvRow other) => _cells = new(other._cells, StringComparer.OrdinalIgnoreCase);

    public static CsvRow Empty => new();

    public string Id => this[CsvTable.Id];

    public string Marker => this[CsvTable.Marker];

    public string Name => this[CsvTable.UserName];

    public bool? Enabled => bool.TryParse(this[CsvTable.Enabled], out var enabled) ? enabled : null;

    public IEnumerable<string> Columns => _cells.Keys;

    public string this[string column]
    {
        get => _cells.GetValueOrDefault(column, "");
        set
        {
            if (value.Length == 0)
                _cells.Remove(column);
            else
                _cells[column] = value;
        }
    }

    public CsvRow Copy() => new(this);

    /// <summary>Sets the enabled column.</summary>
    public void SetEnabled(bool enabled) => this[CsvTable.Enabled] = enabled ? "true" : "false";

    /// <summary>Replaces a whole attribute, or a sub-attribute, by a value.</summary>
    public void Replace(string attribute, string? sub, JsonNode? value)
    {
        var column = sub is null ? attribute : Join(attribute, sub);
        var parts = _cells.Keys.Where(key => IsPartOf(key, column)).ToList();
        foreach (var part in parts)
            _cells.Remove(part);
        if (sub is null)
            SetAttribute(attribute, value);
        else
            Set(column, value);
    }

    /// <summary>The column of an attribute and its sub-attribute: an extension is followed by a colon, all else by a dot.</summary>
    public static string Join(string attribute, string sub) => attribute + (IsUrn(attribute) ? ':' : '.') + sub;

    /// <summary>Sets a top-level attribute.</summary>
    public void SetAttribute(string name, JsonNode? value)
    {
        if (value is JsonObject extension && IsUrn(name))
        {
            foreach (var (sub, part) in extension)
                Set(Join(name, sub), part);
        }
        else
        {
            Set(name, value);
        }
    }

    private void Set(string column, JsonNode? value)
    {
        switch (value)
        {
            case null:
                break;
            case JsonObject parts:
                foreach (var (name, part) in parts)
                    Set($"{column}.{name}", part);
                break;
            case JsonArray values:
                this[column] = string.Join(';', values.Where(v => v is not null).Select(v => Element(column, v!)));
                break;
            default:
                this[column] = Text(value);
                break;
        }
    }

    public JsonObject Since(CsvRow? older)
    {
        var fields = new JsonObject();
        foreach (var (column, text) in _cells)
        {
            if (older is null || older[column] != text)
                fields[column] = text;
        }

        foreach (var column in older?.Columns.Where(column => !_cells.ContainsKey(column)) ?? [])
            fields[column] = null;
        return fields;
    }

    public CsvRow With(JsonObject fields)
    {
        var changed = Copy();
        foreach (var (column, value) in fields)
            changed[column] = value?.ToString() ?? "";
        return changed;
    }

    public Account ToAccount()
    {
        var attributes = new JsonObject();
        foreach (var (column, text) in _cells)
        {
            if (!IsOwn(column))
                Put(attributes, column, text);
        }

        return new Account(Id, attributes, Enabled) { OwnershipMarker = Marker.Length == 0 ? null : Marker };
    }

    /// <summary>Whether a column is the file's own and not an attribute's.</summary>
    public static bool IsOwn(string column) =>
        column.Equals(CsvTable.Id, StringComparison.OrdinalIgnoreCase)
        || column.Equals(CsvTable.Marker, StringComparison.OrdinalIgnoreCase)
        || column.Equals(CsvTable.Enabled, StringComparison.OrdinalIgnoreCase);

    private static void Put(JsonObject target, string column, string text)
    {
        // The version in a URN has dots too, so an extension is cut off at its last colon before the dots count.
        var rest = column;
        var parent = target;
        if (column.LastIndexOf(':') is var colon and > 0 && IsUrn(column))
        {
            rest = column[(colon + 1)..];
            parent = Child(parent, column[..colon]);
        }

        while (parent is not null && rest.IndexOf('.', StringComparison.Ordinal) is var dot and > 0)
        {
            parent = Child(parent, rest[..dot]);
            rest = rest[(dot + 1)..];
        }

        // A file made by hand can have both `name` and `name.familyName`; then the path stays one flat name.
        if (parent is null || parent.ContainsKey(rest))
            target[column] = text;
        else
            parent[rest] = text;
    }

    private static JsonObject? Child(JsonObject parent, string name)
    {
        if (parent[name] is { } existing)
            return existing as JsonObject;
        var child = new JsonObject();
        parent[name] = child;
        return child;
    }

    private static bool IsPartOf(string key, string column) =>
        key.Equals(column, StringComparison.OrdinalIgnoreCase)
        || key.StartsWith(column + ".", StringComparison.OrdinalIgnoreCase)
        || (IsUrn(column) && key.StartsWith(column + ":", StringComparison.OrdinalIgnoreCase));

    private static bool IsUrn(string name) => name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase);

    private static string Element(string column, JsonNode value) => value switch
    {
        JsonObject complex when complex["value"] is JsonValue inner => Text(inner),
        JsonValue => Text(value),
        _ => throw new ConnectorException(FailureKind.Rejected, $"an entry of '{column}' has no 'value' and cannot be written to one column"),
    };

    private static string Text(JsonNode value) =>
        value.AsValue().TryGetValue<string>(out var text) ? text : value.ToJsonString().Trim('"');
}
