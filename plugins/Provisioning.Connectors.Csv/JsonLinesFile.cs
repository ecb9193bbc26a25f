using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv;

/// <summary>A file with one JSON object in each line.</summary>
internal sealed class JsonLinesFile(string path) : AccountFile<JsonTable>(path)
{
    // A name that is there twice would be lost at the next rewrite.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    protected override JsonTable Load(string text)
    {
        var table = new JsonTable();
        var number = 0;
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                Add(table, Parse(line, number), number);
        }

        return table;
    }

    protected override void Write(TextWriter writer, JsonTable table)
    {
        foreach (var row in table.Rows)
        {
            writer.Write(row.ToLine());
            writer.Write('\n');
        }
    }

    private JsonObject Parse(string line, int number)
    {
        try
        {
            return JsonNode.Parse(line, documentOptions: Strict) as JsonObject ?? throw CsvFormat.Malformed(Path, number, "something other than an object");
        }
        catch (JsonException e)
        {
            throw CsvFormat.Malformed(Path, number, $"no valid JSON: {e.Message.Split(" LineNumber", 2)[0].TrimEnd('.')}");
        }
    }

    private void Add(JsonTable table, JsonObject line, int number)
    {
        var row = new JsonRow(line);
        if (row.Id.Length == 0)
            throw CsvFormat.Malformed(Path, number, "no id");
        if (table.Find(row.Id) is not null)
            throw CsvFormat.Malformed(Path, number, $"the id '{row.Id}' a second time");
        if (line[CsvTable.Enabled] is not null && row.Enabled is null)
            throw CsvFormat.Malformed(Path, number, $"'{line[CsvTable.Enabled]}' where true or false belongs");
        table.Put(row);
    }
}
