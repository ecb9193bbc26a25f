using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Core.Mapping;

/// <summary>What is wrong in a mapping, and what is allowed but hardly meant.</summary>
/// <param name="Problems">Why the mapping cannot be used.</param>
/// <param name="Warnings">What does not keep it from being used.</param>
public sealed record MappingCheck(IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings)
{
    /// <param name="mapping">Null maps SCIM attributes one to one.</param>
    /// <param name="extensions">The schema extensions that users may have; null for the enterprise extension alone.</param>
    public static MappingCheck Examine(JsonObject? mapping, IReadOnlyList<ResourceSchema>? extensions = null)
    {
        var user = UserSchema.Of(extensions ?? [StandardSchemas.EnterpriseUser]);
        var problems = new List<string>();
        var warnings = new List<string>();
        var rules = new List<MappingRule>();
        foreach (var (target, source) in mapping ?? [])
        {
            try
            {
                var rule = MappingCompiler.Compile(target, source);
                rules.Add(rule);
                warnings.AddRange(Advice(rule, source, user).Select(x => $"mapping of '{target}': {x}"));
            }
            catch (MappingException exception)
            {
                problems.Add(exception.Message);
            }
        }

        if (Collision(rules) is { } collision)
            problems.Add(collision.Message);
        return new MappingCheck(problems, warnings);
    }

    /// <summary>Why a text is no address of an attribute of an account; null if it is one.</summary>
    public static string? ProblemOfPath(string path)
    {
        try
        {
            TargetPath.Parse(path);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static IReadOnlyList<string> Advice(MappingRule rule, JsonNode? source, UserSchema user) =>
        ExpressionAdvice.Of(ParsedExpression.Parse(MappingCompiler.Read(source)["expression"]!.GetValue<string>()), rule.OnCreateOnly, user);

    /// <summary>The first rule that would overwrite what another one gave; null if there is none.</summary>
    internal static MappingException? Collision(IReadOnlyList<MappingRule> rules)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (rules[i].Path.IsSameAs(rules[j].Path))
                    return new MappingException(rules[i].Target, $"is the same attribute as '{rules[j].Target}'");
                if (rules[i].Path.Covers(rules[j].Path))
                    return new MappingException(rules[i].Target, $"would replace '{rules[j].Target}', which is a part of it; write it before that one");
            }
        }

        return null;
    }
}
