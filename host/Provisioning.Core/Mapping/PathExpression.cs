using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Provisioning.Core.Mapping;

/// <summary>The usual mapping, <c>user.name.givenName</c> or <c>user.emails[0].value</c>, without starting a script engine.</summary>
internal sealed partial class PathExpression : IMappingExpression
{
    private readonly object[] _steps;

    private PathExpression(object[] steps) => _steps = steps;

    public static PathExpression? TryParse(string expression)
    {
        // The length of a list or text is JavaScript's.
        if (!Whole().IsMatch(expression) || expression.EndsWith("length", StringComparison.Ordinal))
            return null;
        return new PathExpression([.. Step().Matches(expression).Select(x =>
            x.Groups["index"].Success ? int.Parse(x.Groups["index"].Value, CultureInfo.InvariantCulture) : (object)x.Groups["name"].Value)]);
    }

    public JsonNode? Evaluate(JsonObject user)
    {
        JsonNode? node = user;
        foreach (var step in _steps)
        {
            node = (node, step) switch
            {
                (JsonObject o, string name) => o[name],
                (JsonArray a, int index) when index < a.Count => a[index],
                (JsonValue v, int index) when v.TryGetValue<string>(out var text) && index < text.Length => text[index].ToString(),
                _ => null,
            };
        }

        return MissingParts.Copy(node);
    }

    [GeneratedRegex("""^\s*user(\??\.[A-Za-z_$][\w$]*|(\?\.)?\[([0-9]{1,4}|"[^"\\]*[^"\\0-9][^"\\]*"|'[^'\\]*[^'\\0-9][^'\\]*')\])+\s*$""")]
    private static partial Regex Whole();

    [GeneratedRegex("""\.(?<name>[A-Za-z_$][\w$]*)|\[(?<index>[0-9]{1,4})\]|\["(?<name>[^"\\]+)"\]|\['(?<name>[^'\\]+)'\]""")]
    private static partial Regex Step();
}
