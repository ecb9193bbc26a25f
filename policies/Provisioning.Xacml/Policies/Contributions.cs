namespace Provisioning.Xacml;

/// <summary>The obligations, advice and policies that belong to decisions. Each entry knows its decision, so that whoever combines decisions only
/// has to drop the entries of those that lost.</summary>
internal sealed class Contributions
{
    private readonly List<(ExtendedDecision Decision, object Item)> _entries = [];

    public int Count => _entries.Count;

    public void Add(ExtendedDecision decision, object item) => _entries.Add((decision, item));

    /// <summary>Drops what was added since the mark and belongs to another decision.</summary>
    public void Keep(int mark, ExtendedDecision decision)
    {
        if (_entries.Count == mark) return;
        var kept = mark;
        for (var i = mark; i < _entries.Count; i++)
        {
            if (_entries[i].Decision == decision) _entries[kept++] = _entries[i];
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
    }

    public void DropSince(int mark)
    {
        if (_entries.Count > mark) _entries.RemoveRange(mark, _entries.Count - mark);
    }

    public void Clear() => _entries.Clear();

    /// <summary>The entries of one kind, in the order of evaluation.</summary>
    public IReadOnlyList<T> Of<T>()
    {
        var count = 0;
        foreach (var (_, item) in _entries)
        {
            if (item is T) count++;
        }

        if (count == 0) return [];
        var result = new T[count];
        count = 0;
        foreach (var (_, item) in _entries)
        {
            if (item is T one) result[count++] = one;
        }

        return result;
    }
}
