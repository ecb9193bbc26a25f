using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Rest;

/// <summary>The values that templates know beside the attributes.</summary>
internal static class Names
{
    public const string Id = "$id";
    public const string Marker = "$marker";
    public const string Name = "$name";
    public const string Enabled = "$enabled";
    public const string Attributes = "$attributes";
    public const string Changes = "$changes";
    public const string Member = "$member";
    public const string Members = "$members";
    public const string Password = "$password";
    public const string RandomPassword = "$randomPassword";
    public const string OperationId = "$operationId";
    public const string Limit = "$limit";
    public const string Page = "$page";
    public const string Offset = "$offset";
    public const string Cursor = "$cursor";

    /// <summary>The attributes, and the attributes once more as a whole.</summary>
    public static JsonObject Of(JsonObject attributes)
    {
        var values = attributes.DeepClone().AsObject();
        values[Attributes] = attributes.DeepClone();
        return values;
    }

    /// <summary>What changed, by attribute; of an attribute with changed parts the parts. Null is what goes away.</summary>
    public static JsonObject ChangesOf(AccountDelta delta)
    {
        var changes = new JsonObject();
        foreach (var change in delta.Changes)
        {
            if (change.SubAttribute is not { } part)
                changes[change.Attribute] = change.Value?.DeepClone();
            else if ((changes[change.Attribute] ??= new JsonObject()) is JsonObject parts)
                parts[part] = change.Value?.DeepClone();
        }

        return changes;
    }
}
