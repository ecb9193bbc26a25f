using System.Text.RegularExpressions;

namespace Provisioning.Connectors.Ldap;

/// <summary>One definition of an object class or an attribute type (RFC 4512 section 4.1), read by keyword.</summary>
internal sealed partial class SchemaDefinition
{
    private readonly Dictionary<string, List<string>> _parts = new(StringComparer.Ordinal);

    private SchemaDefinition()
    {
    }

    public IReadOnlyList<string> Names => this["NAME"];

    public IReadOnlyList<string> this[string keyword] => _parts.TryGetValue(keyword, out var values) ? values : [];

    public string? First(string keyword) => this[keyword] is [var first, ..] ? first : null;

    public bool Has(string keyword) => _parts.ContainsKey(keyword);

    public static SchemaDefinition Parse(string text)
    {
        var definition = new SchemaDefinition();
        var values = new List<string>();
        foreach (Match token in Token().Matches(text))
        {
            if (token.Groups["keyword"].Success)
                definition._parts[token.Value] = values = [];
            else if (token.Groups["quoted"].Success)
                values.Add(token.Groups["quoted"].Value);
            else if (token.Groups["plain"].Success)
                values.Add(token.Value);
        }

        return definition;
    }

    [GeneratedRegex(@"'(?<quoted>[^']*)'|(?<keyword>\b(NAME|DESC|SUP|MUST|MAY|SYNTAX|USAGE|EQUALITY|ORDERING|SUBSTR|ABSTRACT|STRUCTURAL|AUXILIARY|OBSOLETE|COLLECTIVE|SINGLE-VALUE|NO-USER-MODIFICATION)(?![\w-]))|(?<plain>[\w.;-]+(\{\d+\})?)")]
    private static partial Regex Token();
}
