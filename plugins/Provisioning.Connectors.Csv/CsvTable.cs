namespace Provisioning.Connectors.Csv;

/// <summary>The rows of a CSV file, and its columns.</summary>
internal sealed class CsvTable : AccountTable<CsvRow>
{
    public const string Id = "id";
    public const string Marker = "externalId";
    public const string Enabled = "enabled";
    public const string UserName = "userName";

    private readonly List<string> _columns = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _fixed;

    public CsvTable(IReadOnlyList<string> fixedColumns)
    {
        _fixed = fixedColumns.Count > 0;
        foreach (var column in fixedColumns)
            AddColumn(column);
        foreach (var column in (string[])[Id, Marker, Enabled])
            AddColumn(column);
    }

    public IReadOnlyList<string> Columns => _columns;

    public void AddColumn(string column)
    {
        if (_known.Add(column))
            _columns.Add(column);
    }

    /// <summary>Keeps the column order of an existing file.</summary>
    public void Adopt(IReadOnlyList<string> header)
    {
        var own = _columns.Where(column => !header.Contains(column, StringComparer.OrdinalIgnoreCase)).ToList();
        _columns.Clear();
        _columns.AddRange(header);
        _columns.AddRange(own);
        _known.UnionWith(header);
    }

    /// <inheritdoc />
    public override void CheckWritable(CsvRow row)
    {
        foreach (var column in row.Columns)
        {
            if (column.Length == 0)
                throw new ConnectorException(FailureKind.Rejected, "an attribute has no name");
            if (!UnicodeText.IsValid(column) || !UnicodeText.IsValid(row[column]))
                throw new ConnectorException(FailureKind.Rejected, $"the value of '{column}' is not valid Unicode text");
            if (_fixed && !_known.Contains(column))
                throw new ConnectorException(FailureKind.Rejected, $"the attribute '{column}' has no column: add it to 'columns' or do not map it");
        }
    }

    /// <inheritdoc />
    public override void Load(CsvRow row)
    {
        base.Load(row);
        foreach (var column in row.Columns)
            AddColumn(column);
    }
}
