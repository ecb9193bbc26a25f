using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>Reads one rule: an expression as text, or an object with <c>expression</c>, <c>on</c>, <c>default</c>, <c>required</c>.</summary>
internal static class MappingCompiler
{
    public static MappingRule Compile(string target, JsonNode? source)
    {
        if (source is JsonValue value && value.TryGetValue<string>(out var text))
            return new MappingRule(target, Expression(target, text), false, false, null);
        if (source is not JsonObject rule)
            throw new MappingException(target, "must be an expression or an object");
        foreach (var (name, _) in rule)
            if (name is not ("expression" or "on" or "default" or "required"))
                throw new MappingException(target, $"unknown property '{name}'; known are expression, on, default, required");

        var on = rule["on"]?.ToString() ?? "always";
        if (on is not ("always" or "create"))
            throw new MappingException(target, $"'on' is '{on}'; use 'create' or 'always'");
        if (rule["expression"]?.ToString() is not { } expression)
            throw new MappingException(target, "has no 'expression'");
        return new MappingRule(
            target, Expression(target, expression), on == "create", rule["required"]?.GetValue<bool>() ?? false, rule["default"]);
    }

    private static IMappingExpression Expression(string target, string text)
    {
        if (PathExpression.TryParse(text) is { } path)
            return path;
        try
        {
            return new ScriptExpression(text);
        }
        catch (Exception exception)
        {
            throw new MappingException(target, $"'{text}' is no valid expression: {exception.Message}");
        }
    }
}
