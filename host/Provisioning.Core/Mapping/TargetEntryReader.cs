using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Provisioning.Core.Mapping;

/// <summary>Reads which entry of a list is meant: <c>[type eq "work" and primary eq true]</c>, as SCIM writes it (RFC 7644, section 3.5.2).</summary>
internal static partial class TargetEntryReader
{
    /// <param name="position">At the opening bracket; afterwards behind the closing one.</param>
    /// <exception cref="FormatException">An entry cannot be made of it.</exception>
    public static IReadOnlyList<KeyValuePair<string, JsonValue>> Read(string text, ref int position)
    {
        var whole = Whole().Match(text, position);
        if (!whole.Success)
            throw new FormatException($"'{text[position..]}' does not say which entry is meant; write [type eq \"work\"], with 'and' between several");
        position += whole.Length;
        var entry = new List<KeyValuePair<string, JsonValue>>();
        for (var i = 0; i < whole.Groups["name"].Captures.Count; i++)
        {
            var name = whole.Groups["name"].Captures[i].Value;
            if (entry.Any(x => x.Key == name))
                throw new FormatException($"'{whole.Value}' wants two values of '{name}'");
            entry.Add(KeyValuePair.Create(name, Literal(whole.Groups["literal"].Captures[i].Value)));
        }

        return entry;
    }

    private static JsonValue Literal(string text)
    {
        try
        {
            return JsonNode.Parse(text.StartsWith('"') ? text : text.ToLowerInvariant())!.AsValue();
        }
        catch (JsonException)
        {
            throw new FormatException($"{text} is neither a text in quotes nor true, false or a number");
        }
    }

    [GeneratedRegex("""
        \G\[\s*(?<condition>(?<name>[A-Za-z$_][\w$-]*)\s+(?i:eq)\s+(?<literal>"(?:[^"\\]|\\.)*"|(?i:true|false)|-?[0-9]+(?:\.[0-9]+)?)\s*
        (?:\s(?i:and)\s+(?=[A-Za-z$_])|(?=\])))+\]
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
