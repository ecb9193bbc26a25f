using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>Reads one rule: an expression as text, or an object with <c>expression</c>, <c>on</c>, <c>default</c>, <c>required</c>.</summary>
internal static class MappingCompiler
{
    /// <exception cref="MappingException">The rule is wrong.</exception>
    public static MappingRule Compile(string target, JsonNode? source)
    {
        try
        {
            var path = TargetPath.Parse(target);
            var rule = Read(source);
            var on = Text(rule, "on") ?? "always";
            if (on is not ("always" or "create"))
                throw new FormatException($"'on' is '{on}'; use 'create' or 'always'");
            var text = Text(rule, "expression") ?? throw new FormatException("has no 'expression'");
            var expression = Parse(text);
            SecretTarget.Check(path, expression, rule["default"]);
            return new MappingRule(target, path, Compile(expression), on == "create", Flag(rule, "required"), rule["default"]);
        }
        catch (FormatException exception)
        {
            throw new MappingException(target, exception.Message);
        }
    }

    /// <exception cref="FormatException">It is none; the message says where.</exception>
    public static ParsedExpression Parse(string expression)
    {
        try
        {
            return ParsedExpression.Parse(expression);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"'{expression}' is no valid expression: {exception.Message}", exception);
        }
    }

    /// <summary>The rule in its long form.</summary>
    /// <exception cref="FormatException">It is no rule.</exception>
    public static JsonObject Read(JsonNode? source)
    {
        if (source is JsonValue value && value.TryGetValue<string>(out var text))
            return new JsonObject { ["expression"] = text };
        if (source is not JsonObject rule)
            throw new FormatException("must be an expression or an object");
        foreach (var (name, _) in rule)
            if (name is not ("expression" or "on" or "default" or "required"))
                throw new FormatException($"unknown property '{name}'; known are expression, on, default, required");
        return rule;
    }

    private static IMappingExpression Compile(ParsedExpression expression)
    {
        if (PathExpression.TryParse(expression.Source) is { } path)
            return path;
        try
        {
            return new ScriptExpression(expression);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"'{expression.Source}' is no valid expression: {exception.Message}", exception);
        }
    }

    private static string? Text(JsonObject rule, string name) => rule[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var other => throw new FormatException($"'{name}' is {other.ToJsonString()}; it must be a text"),
    };

    private static bool Flag(JsonObject rule, string name) => rule[name] switch
    {
        null => false,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        var other => throw new FormatException($"'{name}' is {other.ToJsonString()}; it must be true or false"),
    };
}
