using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Testing;

/// <summary>Reaches an attribute by name, or a sub-attribute as <c>name.givenName</c>: some targets have no text at the top.</summary>
internal static class AttributePath
{
    public static string? Text(JsonObject attributes, string path)
    {
        var (name, sub) = Split(path);
        return (sub is null ? attributes[name] : (attributes[name] as JsonObject)?[sub])?.ToString();
    }

    public static void Set(JsonObject attributes, string path, string? value)
    {
        var (name, sub) = Split(path);
        var owner = attributes;
        if (sub is not null)
        {
            if (attributes[name] is not JsonObject)
                attributes[name] = new JsonObject();
            owner = (JsonObject)attributes[name]!;
        }

        if (value is null)
            owner.Remove(sub ?? name);
        else
            owner[sub ?? name] = value;
    }

    public static AttributeChange Change(string path, string? value)
    {
        var (name, sub) = Split(path);
        return new AttributeChange(name, sub, JsonValue.Create(value));
    }

    private static (string Name, string? Sub) Split(string path) =>
        path.Split('.', 2) is [var name, var sub] ? (name, sub) : (path, null);
}
