namespace Provisioning.Connectors.Csv;

/// <summary>A CSV file with a header.</summary>
internal sealed class CsvFile(string path, CsvFormat format, IReadOnlyList<string> fixedColumns) : AccountFile<CsvTable>(path)
{
    protected override CsvTable Load(string text)
    {
        var table = new CsvTable(fixedColumns);
        List<string>? header = null;
        foreach (var (line, fields) in format.Read(text, Path))
        {
            if (header is null)
                header = CheckHeader(table, fields, line);
            else
                AddRow(table, header, fields, line);
        }

        return table;
    }

    protected override void Write(TextWriter writer, CsvTable table)
    {
        format.Write(writer, table.Columns);
        foreach (var row in table.Rows)
            format.Write(writer, table.Columns.Select(column => row[column]));
    }

    private List<string> CheckHeader(CsvTable table, List<string> header, int line)
    {
        if (!header.Contains(CsvTable.Id, StringComparer.OrdinalIgnoreCase))
            throw CsvFormat.Malformed(Path, line, $"no '{CsvTable.Id}' column");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in header)
        {
            if (column.Length == 0)
                throw CsvFormat.Malformed(Path, line, "a column without a name");
            if (!seen.Add(column))
                throw CsvFormat.Malformed(Path, line, $"the column '{column}' twice");
        }

        if (fixedColumns.Count == 0)
            table.Adopt(header);
        foreach (var column in header)
            table.AddColumn(column);
        return header;
    }

    private void AddRow(CsvTable table, List<string> header, List<string> fields, int line)
    {
        if (fields.Count != header.Count)
            throw CsvFormat.Malformed(Path, line, $"{fields.Count} fields for {header.Count} columns");
        var row = new CsvRow();
        for (var i = 0; i < header.Count; i++)
            row[header[i]] = fields[i];
        if (row.Id.Length == 0)
            throw CsvFormat.Malformed(Path, line, "no id");
        if (table.Find(row.Id) is not null)
            throw CsvFormat.Malformed(Path, line, $"the id '{row.Id}' a second time");
        if (row[CsvTable.Enabled] is { Length: > 0 } enabled && !bool.TryParse(enabled, out _))
            throw CsvFormat.Malformed(Path, line, $"'{enabled}' where 'true' or 'false' belongs");
        table.Put(row);
    }
}
