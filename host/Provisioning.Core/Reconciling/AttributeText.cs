using System.Text.Json.Nodes;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Reconciling;

/// <summary>Values as they are compared and shown.</summary>
internal static class AttributeText
{
    private const int Most = 200;

    /// <summary>The value without regard to its type: targets keep <c>true</c> and <c>7</c> as text.</summary>
    public static string Of(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value => value.TryGetValue<string>(out var text) ? text : value.ToJsonString(),
        _ => node.ToJsonString(),
    };

    /// <summary>The same for an entry of a list: what is one value to a target may be an object with a value to us.</summary>
    public static string Plain(JsonNode? node) => node is JsonObject complex && complex["value"] is { } value ? Of(value) : Of(node);

    /// <summary>The value for people.</summary>
    public static string? Shown(JsonNode? node)
    {
        var text = Of(WithoutSecrets(node));
        return text.Length == 0 ? null : text.Length <= Most ? text : text[..Most] + "…";
    }

    private static JsonNode? WithoutSecrets(JsonNode? node)
    {
        if (node is not JsonObject complex)
            return node;
        var copy = complex.DeepClone().AsObject();
        foreach (var name in complex.Select(x => x.Key).Where(SecretNames.IsHidden))
            copy.Remove(name);
        return copy;
    }
}
