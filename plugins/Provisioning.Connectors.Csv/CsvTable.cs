namespace Provisioning.Connectors.Csv;

/// <summary>The rows of the file in memory, with their indexes. Used by one thread at a time.</summary>
internal sealed class CsvTable
{
    public const string Id = "id";
    public const string Marker = "externalId";
    public const string Enabled = "enabled";
    public const string UserName = "userName";

    private readonly List<string> _columns = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _fixed;

    // Insertion order is the file's order; removed rows leave no hole.
    private readonly OrderedDictionary<string, CsvRow> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<CsvRow>> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<CsvRow>> _byMarker = new(StringComparer.Ordinal);

    public CsvTable(IReadOnlyList<string> fixedColumns)
    {
        _fixed = fixedColumns.Count > 0;
        foreach (var column in fixedColumns)
            AddColumn(column);
        foreach (var column in (string[])[Id, Marker, Enabled])
            AddColumn(column);
    }

    public IReadOnlyList<string> Columns => _columns;

    public IEnumerable<CsvRow> Rows => _rows.Values;

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

    public CsvRow? Find(string id) => _rows.GetValueOrDefault(id);

    public IReadOnlyList<CsvRow> WithName(string name) => _byName.TryGetValue(name, out var rows) ? rows : [];

    public IReadOnlyList<CsvRow> WithMarker(string marker) => _byMarker.TryGetValue(marker, out var rows) ? rows : [];

    /// <summary>Refuses a row that the file could not take; found out at the rewrite, it would fail every other row too.</summary>
    public void CheckWritable(CsvRow row)
    {
        foreach (var column in row.Columns)
        {
            if (column.Length == 0)
                throw new ConnectorException(FailureKind.Rejected, "an attribute has no name");
            if (HasLoneSurrogate(column) || HasLoneSurrogate(row[column]))
                throw new ConnectorException(FailureKind.Rejected, $"the value of '{column}' is not valid Unicode text");
            if (_fixed && !_known.Contains(column))
                throw new ConnectorException(FailureKind.Rejected, $"the attribute '{column}' has no column: add it to 'columns' or do not map it");
        }
    }

    /// <summary>Adds a row, or takes it in place of the one with the same id.</summary>
    public void Put(CsvRow row)
    {
        if (_rows.TryGetValue(row.Id, out var old))
            Unindex(old);
        _rows[row.Id] = row;
        foreach (var column in row.Columns)
            AddColumn(column);
        Index(_byName, row[UserName], row);
        Index(_byMarker, row[Marker], row);
    }

    public bool Remove(string id)
    {
        if (!_rows.Remove(id, out var row))
            return false;
        Unindex(row);
        return true;
    }

    // Half of a surrogate pair has no UTF-8 form.
    private static bool HasLoneSurrogate(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
                continue;
            if (i + 1 >= value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                return true;
            i++;
        }

        return false;
    }

    private void Unindex(CsvRow row)
    {
        Unindex(_byName, row[UserName], row);
        Unindex(_byMarker, row[Marker], row);
    }

    private static void Index(Dictionary<string, List<CsvRow>> index, string key, CsvRow row)
    {
        if (key.Length == 0)
            return;
        if (index.TryGetValue(key, out var rows))
            rows.Add(row);
        else
            index.Add(key, [row]);
    }

    private static void Unindex(Dictionary<string, List<CsvRow>> index, string key, CsvRow row)
    {
        if (index.TryGetValue(key, out var rows) && rows.Remove(row) && rows.Count == 0)
            index.Remove(key);
    }
}
