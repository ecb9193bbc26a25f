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
        if (!Whole().IsMatch(expression))
            return null;
        return new PathExpression([.. Step().Matches(expression).Select(x =>
            x.Groups["index"].Success ? int.Parse(x.Groups["index"].Value, CultureInfo.InvariantCulture)
            : (object)(x.Groups["name"].Success ? x.Groups["name"].Value : x.Groups["quoted"].Value))]);
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
                _ => null,
            };
        }

        return node?.DeepClone();
    }

    [GeneratedRegex("""^user(\.[A-Za-z_$][\w$]*|\[[0-9]{1,4}\]|\["[^"\\]+"\])+$""")]
    private static partial Regex Whole();

    [GeneratedRegex("""\.(?<name>[A-Za-z_$][\w$]*)|\[(?<index>[0-9]{1,4})\]|\["(?<quoted>[^"\\]+)"\]""")]
    private static partial Regex Step();
}
