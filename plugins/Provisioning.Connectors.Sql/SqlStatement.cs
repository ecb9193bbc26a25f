using System.Text.RegularExpressions;

namespace Provisioning.Connectors.Sql;

/// <summary>A statement of the settings and the parameters that its text names. The text itself is never changed.</summary>
internal sealed partial class SqlStatement
{
    /// <param name="name">Where it is in the settings, for messages.</param>
    /// <param name="text">The statement as it is written there.</param>
    public SqlStatement(string name, string text)
    {
        (Name, Text) = (name, text);
        Parameters = [.. Token().Matches(text).Select(token => token.Groups["name"].Value).Where(found => found.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public string Name { get; }

    public string Text { get; }

    public IReadOnlyList<string> Parameters { get; }

    public bool Uses(string parameter) => Parameters.Contains(parameter, StringComparer.OrdinalIgnoreCase);

    public static SqlStatement? One(string name, string? text) => string.IsNullOrWhiteSpace(text) ? null : new SqlStatement(name, text);

    public static IReadOnlyList<SqlStatement> Several(string name, IReadOnlyList<string> texts) =>
        [.. texts.Select((text, index) => new SqlStatement(texts.Count == 1 ? name : $"{name}[{index}]", text))];

    // Quoted text and comments first, so that an @ in them names nothing.
    [GeneratedRegex(@"'(?:[^']|'')*'|""(?:[^""]|"""")*""|--[^\n]*|/\*.*?\*/|\$(?<tag>\w*)\$.*?\$\k<tag>\$|@(?<name>[A-Za-z_]\w*)", RegexOptions.Singleline)]
    private static partial Regex Token();
}
