using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>The compiled mapping of one identity provider.</summary>
public sealed class AttributeMapping
{
    private readonly IReadOnlyList<MappingRule>? _rules;

    private AttributeMapping(IReadOnlyList<MappingRule>? rules) => _rules = rules;

    /// <param name="mapping">Null maps SCIM attributes one to one.</param>
    /// <exception cref="MappingException">For the first rule that is wrong; <see cref="MappingCheck"/> tells of all.</exception>
    public static AttributeMapping Compile(JsonObject? mapping)
    {
        if (mapping is null)
            return new AttributeMapping(null);
        var rules = mapping.Select(x => MappingCompiler.Compile(x.Key, x.Value)).ToList();
        return MappingCheck.Collision(rules) is { } collision ? throw collision : new AttributeMapping(rules);
    }

    /// <summary>The attributes that the target should have.</summary>
    /// <param name="user">The user's SCIM attributes.</param>
    /// <param name="before">What was desired before, null if nothing: rules with <c>on: create</c> keep their value from it.</param>
    /// <exception cref="MappingException">The user cannot be mapped.</exception>
    public JsonObject Map(JsonObject user, JsonObject? before)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (_rules is null)
            return OneToOne.Map(user);
        var result = new JsonObject();
        foreach (var rule in _rules)
        {
            var kept = rule.OnCreateOnly && before is not null ? rule.Path.Get(before)?.DeepClone() : null;
            var value = kept ?? Evaluate(rule, user) ?? rule.Default?.DeepClone();
            if (rule.Required && IsNothing(value))
                throw new MappingException(rule.Target, "is required and has no value for this user");
            if (value is not null && !rule.Path.Set(result, value))
                throw new MappingException(rule.Target, "cannot be set, because another rule gave a value without parts to what it is a part of");
        }

        return result;
    }

    private static bool IsNothing(JsonNode? value) => value switch
    {
        null => true,
        JsonArray list => list.Count == 0,
        JsonObject complex => complex.Count == 0,
        _ => value.GetValueKind() == System.Text.Json.JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetValue<string>()),
    };

    private static JsonNode? Evaluate(MappingRule rule, JsonObject user)
    {
        try
        {
            var value = rule.Expression.Evaluate(user);
            SecretTarget.Check(value, rule.IsSecret);
            return value;
        }
        catch (Exception exception)
        {
            throw new MappingException(rule.Target, ScriptFailure.Explain(exception));
        }
    }
}
