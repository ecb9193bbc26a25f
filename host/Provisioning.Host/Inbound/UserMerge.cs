using System.Text.Json.Nodes;

namespace Provisioning.Host.Inbound;

/// <summary>
/// What a sign-in or an import says about a user it knows already. What is left out is kept, down to the parts of an attribute; null takes away; a list is
/// the whole list.
/// </summary>
internal static class UserMerge
{
    /// <param name="stored">The attributes as they are; not changed.</param>
    /// <param name="given">What is said now, with null for what is to go.</param>
    public static JsonObject Merge(JsonObject stored, JsonObject given)
    {
        var merged = stored.DeepClone().AsObject();
        MergeInto(merged, given);
        return merged;
    }

    /// <summary>What is left of a new user: without what is null.</summary>
    public static JsonObject WithoutNull(JsonObject given)
    {
        var kept = given.DeepClone().AsObject();
        RemoveNull(kept);
        return kept;
    }

    /// <summary>Takes away what is null or has only parts that are.</summary>
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

    private static void MergeInto(JsonObject target, JsonObject given)
    {
        foreach (var (name, value) in given)
        {
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

    private static void Set(JsonObject target, string name, JsonNode? value)
    {
        if (value is null)
            target.Remove(name);
        else
            target[name] = value;
    }
}
