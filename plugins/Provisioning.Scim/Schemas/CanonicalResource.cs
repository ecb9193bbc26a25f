using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>
/// Brings what a client wrote to the form of the schemas: names of attributes, parts and extensions in their canonical spelling, values in their types.
/// What clients commonly write in another form is repaired where only one thing can be meant: an entry without its list, an address without its entry,
/// <c>"True"</c>, a number where text belongs, core attributes below the name of the core schema. Everything else is refused, all of it at once.
/// </summary>
public sealed class CanonicalResource
{
    private const int MostProblems = 10;

    private readonly ResourceSchema _core;
    private readonly IReadOnlyList<ResourceSchema> _extensions;
    private readonly JsonObject? _before;
    private readonly List<string> _problems = [];

    private CanonicalResource(ResourceSchema core, IReadOnlyList<ResourceSchema> extensions, JsonObject? before) => (_core, _extensions, _before) = (core, extensions, before);

    /// <summary>Returns a copy in canonical form. Attributes that no schema defines are kept as they come, and so is null.</summary>
    /// <param name="resource">What was written.</param>
    /// <param name="core">The schema of the resource.</param>
    /// <param name="extensions">Its extensions.</param>
    /// <param name="before">The resource as it was, null if there was none: attributes that did not change are not judged, so that what an earlier version took does
    /// not stand in the way of a change of something else.</param>
    /// <exception cref="ScimException">400 <c>invalidValue</c>: a value has a wrong type.</exception>
    public static JsonObject Of(JsonObject resource, ResourceSchema core, IReadOnlyList<ResourceSchema> extensions, JsonObject? before = null)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(core);
        ArgumentNullException.ThrowIfNull(extensions);
        var reader = new CanonicalResource(core, extensions, before);
        var result = new JsonObject();
        reader.Read(resource, result);
        return reader._problems.Count == 0
            ? result
            : throw new ScimException(400, "invalidValue", string.Join("; ", reader._problems.Take(MostProblems)));
    }

    private void Read(JsonObject source, JsonObject result)
    {
        foreach (var (name, value) in source)
        {
            if (name.Equals(_core.Id, StringComparison.OrdinalIgnoreCase))
            {
                if (value is JsonObject attributes)
                    Read(attributes, result);
                else if (value is not null)
                    Refuse(_core.Id, "an object");
            }
            else if (name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
            {
                ReadExtension(name, value, result);
            }
            else
            {
                var attribute = _core.Find(name);
                Put(result, attribute?.Name ?? name, name, Judge(attribute, value, attribute?.Name ?? name));
            }
        }
    }

    private void ReadExtension(string name, JsonNode? value, JsonObject result)
    {
        var extension = _extensions.FirstOrDefault(x => x.Id.Equals(name, StringComparison.OrdinalIgnoreCase));
        var canonical = extension?.Id ?? name;
        if (value is not (null or JsonObject) && !IsUnchanged(canonical, value))
            Refuse(canonical, "an object: it is the name of a schema");
        else if (extension is not null && value is JsonObject attributes && !IsUnchanged(canonical, value))
            Put(result, canonical, name, Parts(attributes, extension.Names, canonical, ':', _before?[canonical] as JsonObject));
        else
            Put(result, canonical, name, value?.DeepClone());
    }

    // Of two spellings of one name, which only what an earlier version stored can have, the canonical one counts.
    private static void Put(JsonObject result, string canonical, string name, JsonNode? value)
    {
        if (name == canonical || !result.ContainsKey(canonical))
            result[canonical] = value;
    }

    private JsonNode? Judge(SchemaAttribute? attribute, JsonNode? value, string path) =>
        attribute is null or { IsReadOnly: true } || value is null || IsUnchanged(path, value) ? value?.DeepClone() : Value(attribute, value, path);

    private bool IsUnchanged(string name, JsonNode value) => _before?[name] is { } before && JsonNode.DeepEquals(before, value);

    private JsonNode? Value(SchemaAttribute attribute, JsonNode value, string path)
    {
        if (!attribute.IsList)
            return One(attribute, value, path);
        var entries = new JsonArray();
        foreach (var entry in value as JsonArray ?? [value.DeepClone()])
        {
            if (entry is null)
                Refuse(path, "a list without null");
            else
                entries.Add(One(attribute, entry, path));
        }

        if (entries.Count(PatchRules.IsPrimary) > 1)
            Refuse(path, "a list with one primary value at most");
        return entries;
    }

    private JsonNode? One(SchemaAttribute attribute, JsonNode value, string path) => (attribute.Type, value) switch
    {
        (ScimType.Complex, JsonObject parts) => Parts(parts, attribute.Names, path, '.'),
        (ScimType.Complex, JsonValue) when attribute.Find("value") is { } only => new JsonObject { ["value"] = One(only, value, path) },
        (ScimType.Complex, _) => Refuse(path, $"{(attribute.IsList ? "a list of objects" : "an object")} with parts such as '{attribute.Parts[0].Name}'"),
        (ScimType.Flag, _) => ScimAttributes.Flag(value) is { } flag ? JsonValue.Create(flag) : Refuse(path, "true or false"),
        (ScimType.WholeNumber, _) => ScimNumbers.Whole(value) is { } whole ? JsonValue.Create(whole) : Refuse(path, "a whole number"),
        (ScimType.Number, _) => ScimNumbers.Any(value) is { } number ? number : Refuse(path, "a number of at most 28 digits"),
        (ScimType.Moment, _) => ScimNumbers.Moment(value) is { } moment ? JsonValue.Create(moment) : Refuse(path, "a date with a time, such as 2026-01-05T08:00:00Z"),
        (_, JsonValue text) when ScimAttributes.Text(text) is { } written => JsonValue.Create(written),
        (_, JsonValue number) when number.GetValueKind() == JsonValueKind.Number => JsonValue.Create(number.ToJsonString()),
        _ => Refuse(path, "a text"),
    };

    // What did not change is not judged here either.
    private JsonObject Parts(JsonObject source, AttributeNames known, string path, char separator, JsonObject? before = null)
    {
        var result = new JsonObject();
        foreach (var (name, value) in source)
        {
            var part = known.Find(name);
            Put(result, part?.Name ?? name, name, part is null || value is null || (before?[name] is { } same && JsonNode.DeepEquals(same, value)) ? value?.DeepClone() : Value(part, value, $"{path}{separator}{part.Name}"));
        }

        return result;
    }

    private JsonNode? Refuse(string path, string wanted)
    {
        _problems.Add($"'{path}' must be {wanted}");
        return null;
    }
}
