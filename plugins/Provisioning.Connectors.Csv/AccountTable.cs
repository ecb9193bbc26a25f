namespace Provisioning.Connectors.Csv;

/// <summary>The accounts of a file in memory, with their indexes. Used by one thread at a time.</summary>
/// <typeparam name="TRow">One account; never changed in place.</typeparam>
internal abstract class AccountTable<TRow>
    where TRow : class, IAccountRow<TRow>
{
    // In the file's order. A removed row leaves a hole, because moving all later ones would cost more the larger the file is.
    private readonly List<TRow?> _rows = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TRow>> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<TRow>> _byMarker = new(StringComparer.Ordinal);
    private List<(TRow? Before, TRow? After)> _changes = [];

    public IEnumerable<TRow> Rows => _rows.OfType<TRow>();

    /// <summary>Whether something was put or removed since the last <see cref="TakeChanges"/>.</summary>
    public bool IsChanged => _changes.Count > 0;

    public TRow? Find(string id) => _places.TryGetValue(id, out var place) ? _rows[place] : null;

    public IReadOnlyList<TRow> WithName(string name) => _byName.TryGetValue(name, out var rows) ? rows : [];

    public IReadOnlyList<TRow> WithMarker(string marker) => _byMarker.TryGetValue(marker, out var rows) ? rows : [];

    /// <summary>Refuses a row that the file could not take; found out at the rewrite, it would fail every other row too.</summary>
    public abstract void CheckWritable(TRow row);

    /// <summary>Adds a row, or takes it in place of the one with the same id.</summary>
    public void Put(TRow row)
    {
        _changes.Add((Find(row.Id), row));
        Load(row);
    }

    public void Remove(string id)
    {
        if (Find(id) is not { } row)
            return;
        _changes.Add((row, null));
        Unload(row);
    }

    /// <summary>What was put and removed since it was last asked for, in order.</summary>
    public IReadOnlyList<(TRow? Before, TRow? After)> TakeChanges()
    {
        var taken = _changes;
        _changes = [];
        return taken;
    }

    /// <summary>Takes in a row that is on disk already.</summary>
    public virtual void Load(TRow row)
    {
        if (_places.TryGetValue(row.Id, out var place))
        {
            Unindex(_rows[place]!);
            _rows[place] = row;
        }
        else
        {
            _places.Add(row.Id, _rows.Count);
            _rows.Add(row);
        }

        Index(_byName, row.Name, row);
        Index(_byMarker, row.Marker, row);
    }

    /// <summary>Takes in a change that is on disk already, over whatever the row is now.</summary>
    public void Load(RowChange change)
    {
        var row = Find(change.Id);
        if (change.Fields is not { } fields)
        {
            if (row is not null)
                Unload(row);
        }
        else if (row is not null || change.Created)
        {
            Load((row ?? TRow.Empty).With(fields));
        }
    }

    private void Unload(TRow row)
    {
        _places.Remove(row.Id, out var place);
        _rows[place] = null;
        Unindex(row);
        if (_rows.Count > 2 * _places.Count)
            CloseHoles();
    }

    private void CloseHoles()
    {
        _rows.RemoveAll(row => row is null);
        for (var place = 0; place < _rows.Count; place++)
            _places[_rows[place]!.Id] = place;
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
