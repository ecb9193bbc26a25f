namespace Provisioning.Xacml;

/// <summary>The content of one element beside the schema, child by child as it is read.</summary>
/// <param name="schema">What the schema says of the element.</param>
/// <param name="line">Where the element starts.</param>
/// <param name="faults">What is wrong.</param>
internal sealed class ContentCheck(SchemaElement schema, int line, SchemaFaults faults)
{
    /// <summary>For the inside of what is not allowed, or may hold anything: nothing is looked at.</summary>
    public static readonly ContentCheck Nothing = new(new("", [], SchemaContent.Any, []), 0, new());

    private const int LongestQuote = 40;
    private readonly (int Count, int Line)[] _seen = new (int, int)[schema.Groups.Length];
    private int _group;
    private string _last = "";

    // Whether there was an element that may not be here. It may well be the one that is missing then, misspelt.
    private bool _hasOther;

    /// <summary>Whether the children are of no concern.</summary>
    public bool IsAny => schema.Content == SchemaContent.Any;

    /// <summary>A child of the XACML namespace.</summary>
    /// <returns>Whether it may be here at all, so that it makes sense to look at what is in it.</returns>
    public bool Child(string name, int at)
    {
        if (IsAny) return false;
        var group = Array.FindIndex(schema.Groups, one => one.Names.Contains(name));
        if (group < 0)
        {
            faults.Add(at, $"element '{name}' is not allowed in {schema.Name}{Allowed(name)}");
            _hasOther = true;
            return false;
        }

        if (group < _group) faults.Add(at, $"{name} must stand before {_last} in {schema.Name}");
        else (_group, _last) = (group, name);
        if (++_seen[group].Count == 1) _seen[group].Line = at;
        if (_seen[group].Count > schema.Groups[group].Most)
            faults.Add(at, $"{schema.Name} must not have more than one {schema.Groups[group].Label.Replace("an expression", "expression", StringComparison.Ordinal)}; the first is in line {_seen[group].Line}");
        return true;
    }

    /// <summary>A child of another namespace.</summary>
    public void Foreign(string fullName, int at)
    {
        if (IsAny) return;
        _hasOther = true;
        faults.Add(at, $"element '{fullName}' is not of XACML 3.0 ({ElementReader.XacmlNamespace})");
    }

    /// <summary>A piece of text.</summary>
    public void Text(string text, int at)
    {
        if (schema.Content != SchemaContent.Elements) return;
        var trimmed = text.Trim();
        if (trimmed.Length > 0) faults.Add(at, $"text is not allowed in {schema.Name}: '{(trimmed.Length > LongestQuote ? trimmed[..LongestQuote] + "…" : trimmed)}'");
    }

    /// <summary>The end of the element.</summary>
    public void End()
    {
        if (_hasOther) return;
        for (var i = 0; i < _seen.Length; i++)
        {
            if (_seen[i].Count < schema.Groups[i].Least) faults.Add(line, $"{schema.Name} lacks {schema.Groups[i].Label}");
        }
    }

    private string Allowed(string name)
    {
        var children = schema.Children.ToList();
        if (children.Count == 0) return schema.Content == SchemaContent.Text ? ", which holds text only" : ", which holds nothing";
        return NearName.Of(name, children) is { } near ? $"; did you mean '{near}'?" : $"; it may hold {string.Join(", ", children)}";
    }
}
