using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv;

/// <summary>One account as a JSON object; never changed in place.</summary>
internal sealed class JsonRow(JsonObject line) : IAccountRow
{
    // No browser reads this file, so letters can stay letters.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

    public Account ToAccount()
    {
        var attributes = Copy();
        foreach (var own in attributes.Select(attribute => attribute.Key).Where(CsvRow.IsOwn).ToList())
            attributes.Remove(own);
        return new Account(Id, attributes, Enabled) { OwnershipMarker = Marker.Length == 0 ? null : Marker };
    }

    private static string Text(JsonObject line, string name) => (line[name] as JsonValue)?.ToString() ?? "";
}
