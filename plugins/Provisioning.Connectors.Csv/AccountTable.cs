namespace Provisioning.Connectors.Csv;

/// <summary>The accounts of a file in memory, with their indexes. Used by one thread at a time.</summary>
/// <typeparam name="TRow">One account; never changed in place.</typeparam>
internal abstract class AccountTable<TRow>
    where TRow : class, IAccountRow
{
    // Insertion order is the file's order; removed rows leave no hole.
    private readonly OrderedDictionary<string, TRow> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TRow>> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<TRow>> _byMarker = new(StringComparer.Ordinal);

    public IEnumerable<TRow> Rows => _rows.Values;

    public TRow? Find(string id) => _rows.GetValueOrDefault(id);

    public IReadOnlyList<TRow> WithName(string name) => _byName.TryGetValue(name, out var rows) ? rows : [];

    public IReadOnlyList<TRow> WithMarker(string marker) => _byMarker.TryGetValue(marker, out var rows) ? rows : [];

    /// <summary>Refuses a row that the file could not take; found out at the rewrite, it would fail every other row too.</summary>
    public abstract void CheckWritable(TRow row);

    /// <summary>Adds a row, or takes it in place of the one with the same id.</summary>
    public virtual void Put(TRow row)
    {
        if (_rows.TryGetValue(row.Id, out var old))
            Unindex(old);
        _rows[row.Id] = row;
        Index(_byName, row.Name, row);
        Index(_byMarker, row.Marker, row);
    }

    public bool Remove(string id)
    {
        if (!_rows.Remove(id, out var row))
            return false;
        Unindex(row);
        return true;
    }

    private void Unindex(TRow row)
    {
        Unindex(_byName, row.Name, row);
        Unindex(_byMarker, row.Marker, row);
    }

    private static void Index(Dictionary<string, List<TRow>> index, string key, TRow row)
    {
        if (key.Length == 0)
            return;
        if (index.TryGetValue(key, out var rows))
            rows.Add(row);
        else
            index.Add(key, [row]);
    }

    private static void Unindex(Dictionary<string, List<TRow>> index, string key, TRow row)
    {
        if (index.TryGetValue(key, out var rows) && rows.Remove(row) && rows.Count == 0)
            index.Remove(key);
    }
}
