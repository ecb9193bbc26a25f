using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>The compiled mapping of one identity provider.</summary>
public sealed class AttributeMapping
{
    private static readonly string[] NotMappedOneToOne = ["schemas", "id", "meta", "externalId", "active", "password", "groups", "manager"];

    private readonly IReadOnlyList<MappingRule>? _rules;

    private AttributeMapping(IReadOnlyList<MappingRule>? rules) => _rules = rules;

    /// <param name="mapping">Null maps SCIM attributes one to one.</param>
    /// <exception cref="MappingException">For the first rule that is wrong.</exception>
    public static AttributeMapping Compile(JsonObject? mapping) =>
        new(mapping is null ? null : [.. mapping.Select(x => MappingCompiler.Compile(x.Key, x.Value))]);

    /// <summary>The attributes that the target should have.</summary>
    /// <param name="user">The user's SCIM attributes.</param>
    /// <param name="before">What was desired before, null if nothing: rules with <c>on: create</c> keep their value from it.</param>
    public JsonObject Map(JsonObject user, JsonObject? before)
    {
        var result = new JsonObject();
        if (_rules is null)
        {
            MapOneToOne(user, result);
            return result;
        }

        foreach (var rule in _rules)
        {
            var kept = rule.OnCreateOnly && before is not null ? TargetPath.Get(before, rule.Target)?.DeepClone() : null;
            var value = kept ?? Evaluate(rule, user) ?? rule.Default?.DeepClone();
            if (value is null && rule.Required)
                throw new MappingException(rule.Target, "is required and has no value for this user");
            if (value is not null)
                TargetPath.Set(result, rule.Target, value);
        }

        return result;
    }

    private static void MapOneToOne(JsonObject user, JsonObject result)
    {
        foreach (var (name, value) in user)
        {
            if (value is null || NotMappedOneToOne.Contains(name, StringComparer.OrdinalIgnoreCase))
                continue;
            var copy = value.DeepClone();

            if (copy is JsonObject extension && name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
                MapManager(extension);
            if (copy is not JsonObject { Count: 0 })
                result[name] = copy;
        }
    }

    // A manager is named by our id, which means nothing at the target.
    private static void MapManager(JsonObject extension)
    {
        if (!extension.Remove("manager", out var manager))
            return;
        var id = manager is JsonObject complex ? complex["value"] : manager;
        if (id is JsonValue text && text.TryGetValue<string>(out var userId) && userId.Length > 0)
            extension["manager"] = new JsonObject { ["value"] = AccountReference.To(userId) };
    }

    private static JsonNode? Evaluate(MappingRule rule, JsonObject user)
    {
        try
        {
            return rule.Expression.Evaluate(user);
        }
        catch (Exception exception)
        {
            throw new MappingException(rule.Target, exception.Message);
        }
    }
}
