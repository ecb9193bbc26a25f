using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv;

/// <summary>One account as a JSON object; never changed in place.</summary>
internal sealed class JsonRow(JsonObject line) : IAccountRow<JsonRow>
{
    // No browser reads this file, so letters can stay letters.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonRow Empty => new([]);

    public string Id { get; } = Text(line, CsvTable.Id);

    public string Marker { get; } = Text(line, CsvTable.Marker);

    public string Name { get; } = Text(line, CsvTable.UserName);

    public bool? Enabled { get; } = (line[CsvTable.Enabled] as JsonValue)?.TryGetValue<bool>(out var enabled) == true ? enabled : null;

    public bool IsValidText => UnicodeText.IsValid(line);

    /// <summary>A copy of the object as it is in the file.</summary>
    public JsonObject Copy() => line.DeepClone().AsObject();

    public string ToLine()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
            line.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public JsonObject Since(JsonRow? older)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in line)
        {
            if (older is null || !older.Has(name, value))
                fields[name] = value?.DeepClone();
        }

        foreach (var name in older?.Names.Where(name => !line.ContainsKey(name)) ?? [])
            fields[name] = null;
        return fields;
    }

    public JsonRow With(JsonObject fields)
    {
        var changed = Copy();
        foreach (var (name, value) in fields)
        {
            if (value is null)
                changed.Remove(name);
            else
                changed[name] = value.DeepClone();
        }

        return new JsonRow(changed);
    }

    public Account ToAccount()
    {
        var attributes = Copy();
        foreach (var own in attributes.Select(attribute => attribute.Key).Where(CsvRow.IsOwn).ToList())
            attributes.Remove(own);
        return new Account(Id, attributes, Enabled) { OwnershipMarker = Marker.Length == 0 ? null : Marker };
    }

    private IEnumerable<string> Names => line.Select(part => part.Key);

    private bool Has(string name, JsonNode? value) => line.TryGetPropertyValue(name, out var own) && JsonNode.DeepEquals(own, value);

    private static string Text(JsonObject line, string name) => (line[name] as JsonValue)?.ToString() ?? "";
}
