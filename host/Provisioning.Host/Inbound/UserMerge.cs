using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>
/// Merges the attributes of a sign-in or an import into those of a known user. The user keeps every attribute, and every part of one, that the request leaves out.
/// A null removes an attribute or a part. A list replaces the stored list.
/// </summary>
internal static class UserMerge
{
    /// <param name="stored">The attributes of the user; this object is not changed.</param>
    /// <param name="given">The attributes of the request; a null asks to remove.</param>
    public static JsonObject Merge(JsonObject stored, JsonObject given)
    {
        var merged = stored.DeepClone().AsObject();
        MergeInto(merged, given);
        foreach (var (path, value) in given)
            if (IsPath(path))
                merged = AtPath(merged, path, value);
        return merged;
    }

    /// <summary>Copies the attributes of a new user without nulls.</summary>
    public static JsonObject WithoutNull(JsonObject given) => Merge([], given);

    /// <summary>Removes attributes that are null, and attributes all of whose parts are null.</summary>
    public static void RemoveNull(JsonObject attributes)
    {
        List<string>? empty = null;
        foreach (var (name, value) in attributes)
        {
            if (value is JsonObject parts)
                RemoveNull(parts);
            if (value is null or JsonObject { Count: 0 })
                (empty ??= []).Add(name);
        }

        foreach (var name in empty ?? [])
            attributes.Remove(name);
    }

    /// <summary>Makes empty lists of lists that a trusted service provider takes away: what it says is that there is nothing, and others cannot fill it.</summary>
    public static JsonObject CloseLists(JsonObject given)
    {
        var closed = given.DeepClone().AsObject();
        foreach (var name in given.Where(x => x.Value is null && StandardSchemas.User.Find(x.Key) is { IsList: true }).Select(x => x.Key))
            closed[name] = new JsonArray();
        return closed;
    }

    private static void MergeInto(JsonObject target, JsonObject given)
    {
        foreach (var (name, value) in given)
        {
            if (IsPath(name))
                continue;
            if (value is not JsonObject parts)
            {
                Set(target, name, value?.DeepClone());
                continue;
            }

            var whole = target[name] as JsonObject ?? [];
            MergeInto(whole, parts);
            if (!ReferenceEquals(whole, target[name]))
                Set(target, name, whole);
            if (whole.Count == 0)
                target.Remove(name);
        }
    }

    // A column of an import may name one entry of a list: emails[type eq "work"].value.
    private static bool IsPath(string name) => name.Contains('[', StringComparison.Ordinal);

    private static JsonObject AtPath(JsonObject user, string path, JsonNode? value)
    {
        if (value is not (null or JsonValue) || (value is JsonValue text && text.GetValueKind() != System.Text.Json.JsonValueKind.String))
            throw new ScimException(400, "invalidValue", $"'{path}' must be a text");
        var operation = new JsonObject { ["op"] = value is null ? "remove" : "replace", ["path"] = path };
        if (value is not null)
            operation["value"] = value.DeepClone();
        try
        {
            return ScimPatch.Apply(user, new JsonObject { ["Operations"] = new JsonArray(operation) }, CancellationToken.None);
        }
        catch (ScimException exception) when (value is null && exception.ScimType == "noTarget")
        {
            return user;
        }
    }

    private static void Set(JsonObject target, string name, JsonNode? value)
    {
        if (value is null)
            target.Remove(name);
        else
            target[name] = value;
    }
}
