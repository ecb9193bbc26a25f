using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv;

/// <summary>A file with one JSON object in each line.</summary>
internal sealed class JsonLinesFile(string path, RewritePace pace) : AccountFile<JsonRow, JsonTable>(path, pace)
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

    protected override void Write(TextWriter writer, JsonTable table, string? newLine)
    {
        newLine ??= "\n";
        foreach (var row in table.Rows)
        {
            writer.Write(row.ToLine());
            writer.Write(newLine);
        }
    }

    private JsonObject Parse(string line, int number)
    {
        try
        {
            return JsonNode.Parse(line, documentOptions: Strict) as JsonObject
                ?? throw BrokenFile.On(Path, number, $"something other than an object, '{BrokenFile.Cut(line)}',", "write one JSON object on each line");
        }
        catch (JsonException e)
        {
            var cause = e.Message.Split(" LineNumber", 2)[0].TrimEnd('.');
            throw BrokenFile.On(Path, number, $"no valid JSON, '{BrokenFile.Cut(line)}',", $"correct the line or remove it ({cause})");
        }
    }

    private void Add(JsonTable table, JsonObject line, int number)
    {
        var row = new JsonRow(line);
        if (row.Id.Length == 0)
            throw BrokenFile.On(Path, number, $"no id for '{BrokenFile.Cut(row.Name)}'", "give the account an id of its own");
        if (table.Find(row.Id) is not null)
            throw BrokenFile.On(Path, number, $"the id '{BrokenFile.Cut(row.Id)}' a second time", "change the id of one of the two lines, or remove the line");
        if (line[CsvTable.Enabled] is { } enabled && row.Enabled is null)
            throw BrokenFile.On(Path, number, $"'{BrokenFile.Cut(enabled.ToString())}' where true or false belongs", $"correct '{CsvTable.Enabled}'");
        table.Load(row);
    }
}
