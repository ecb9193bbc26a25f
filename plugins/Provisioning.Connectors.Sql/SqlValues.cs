using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Sql;

/// <summary>The values of parameters by name. Parts of an object are <c>object_part</c>; an array is its JSON text.</summary>
internal sealed class SqlValues
{
    private readonly Dictionary<string, JsonNode?> _values = new(StringComparer.OrdinalIgnoreCase);

    public JsonNode? this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set => _values[name] = value;
    }

    public static SqlValues Of(string name, string value) => new() { [name] = JsonValue.Create(value) };

    public static SqlValues From(JsonObject attributes)
    {
        var values = new SqlValues();
        foreach (var (name, value) in attributes)
            values.Add(Identifier(name), value);
        return values;
    }

    private void Add(string name, JsonNode? value)
    {
        _values[name] = value;
        if (value is not JsonObject parts)
            return;
        foreach (var (part, inner) in parts)
            Add($"{name}_{Identifier(part)}", inner);
    }

    private static string Identifier(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
