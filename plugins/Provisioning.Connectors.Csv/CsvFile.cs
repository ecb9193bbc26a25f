namespace Provisioning.Connectors.Csv;

/// <summary>A CSV file with a header.</summary>
internal sealed class CsvFile(string path, RewritePace pace, CsvFormat format, IReadOnlyList<string> fixedColumns)
    : AccountFile<CsvRow, CsvTable>(path, pace)
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

    protected override void Write(TextWriter writer, CsvTable table, string? newLine)
    {
        // RFC 4180 ends lines with both characters; a file that does otherwise stays as its readers know it.
        newLine ??= "\r\n";
        format.Write(writer, table.Columns, newLine);
        foreach (var row in table.Rows)
            format.Write(writer, table.Columns.Select(column => row[column]), newLine);
    }

    private List<string> CheckHeader(CsvTable table, List<string> header, int line)
    {
        if (!header.Contains(CsvTable.Id, StringComparer.OrdinalIgnoreCase))
            throw NoId(header, line);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in header)
        {
            if (column.Length == 0)
                throw BrokenFile.On(Path, line, "a column without a name", "name the column or remove it");
            if (!seen.Add(column))
                throw BrokenFile.On(Path, line, $"the column '{BrokenFile.Cut(column)}' twice", "rename or remove one of the two");
        }

        if (fixedColumns.Count == 0)
            table.Adopt(header);
        foreach (var column in header)
            table.AddColumn(column);
        return header;
    }

    private ConnectorException NoId(List<string> header, int line)
    {
        var text = string.Join(format.Delimiter, header);
        var other = ";,\t|".FirstOrDefault(c => c != format.Delimiter && text.Split(c).Contains(CsvTable.Id, StringComparer.OrdinalIgnoreCase));
        return BrokenFile.On(
            Path, line, $"no '{CsvTable.Id}' column in the header '{BrokenFile.Cut(text)}'",
            other == default
                ? $"add a column '{CsvTable.Id}' with a value of its own for each account"
                : $"save the file with '{format.Delimiter}' between the fields, or set 'delimiter' to '{(other == '\t' ? "\\t" : other)}'");
    }

    private void AddRow(CsvTable table, List<string> header, List<string> fields, int line)
    {
        if (fields.Count != header.Count)
        {
            throw BrokenFile.On(
                Path, line, $"{fields.Count} fields for {header.Count} columns, the last one '{BrokenFile.Cut(fields[^1])}',",
                $"give the line as many fields as the header has, and put a field that contains '{format.Delimiter}' in quotes");
        }

        var row = new CsvRow();
        for (var i = 0; i < header.Count; i++)
            row[header[i]] = fields[i];
        if (row.Id.Length == 0)
            throw BrokenFile.On(Path, line, $"no id for '{BrokenFile.Cut(row.Name)}'", "give the account an id of its own");
        if (table.Find(row.Id) is not null)
            throw BrokenFile.On(Path, line, $"the id '{BrokenFile.Cut(row.Id)}' a second time", "change the id of one of the two lines, or remove the line");
        if (row[CsvTable.Enabled] is { Length: > 0 } enabled && !bool.TryParse(enabled, out _))
            throw BrokenFile.On(Path, line, $"'{BrokenFile.Cut(enabled)}' where 'true' or 'false' belongs", $"correct the column '{CsvTable.Enabled}'");
        table.Load(row);
    }
}
