namespace Provisioning.Host.Inbound;

/// <summary>The names in the objects that are open while JSON is read.</summary>
/// <param name="ignoreCase">Two spellings of one name are the same name.</param>
/// <param name="most">So many may be in one object.</param>
internal sealed class PropertyNames(bool ignoreCase, int most)
{
    // To empty a set costs as much as it has room: large ones are not used again.
    private const int MostToReuse = 64;

    private readonly List<HashSet<string>> _open = [];
    private int _depth;

    /// <summary>The name that was read last.</summary>
    public string Last { get; private set; } = "";

    public void Enter()
    {
        if (_open.Count == _depth)
            _open.Add(New());
        else if (_open[_depth].Count > MostToReuse)
            _open[_depth] = New();
        else
            _open[_depth].Clear();
        _depth++;
    }

    public void Leave() => _depth--;

    /// <summary>Returns what is wrong with the name; null if nothing is.</summary>
    public string? Add(string name)
    {
        Last = Short(name);
        var names = _open[_depth - 1];
        if (!names.Add(name))
            return ignoreCase ? $"'{Last}' is there twice; names of attributes are the same without regard to case" : $"'{Last}' is there twice";
        return names.Count > most ? $"an object has more than {most} attributes" : null;
    }

    private static string Short(string name) => name.Length <= 100 ? name : name[..100] + "...";

    private HashSet<string> New() => new(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
}
