using System.Text.Json.Nodes;

namespace Provisioning.Core.Users;

/// <summary>Puts attributes of several registrations together: the first one that has an attribute, or a part of one, wins. Lists are one value.</summary>
internal static class AttributeFill
{
    /// <param name="ordered">The one whose word counts most comes first. None of them is changed.</param>
    public static JsonObject Together(IReadOnlyList<Registration> ordered)
    {
        if (ordered.Count == 1)
            return ordered[0].Attributes;
        var whole = ordered[0].Attributes.DeepClone().AsObject();
        foreach (var registration in ordered.Skip(1))
            Fill(whole, registration.Attributes);

        // An empty list kept the others from filling it, and says nothing more.
        foreach (var name in whole.Where(x => x.Value is JsonArray { Count: 0 }).Select(x => x.Key).ToList())
            whole.Remove(name);
        return whole;
    }

    private static void Fill(JsonObject whole, JsonObject more)
    {
        foreach (var (name, value) in more)
        {
            if (!whole.TryGetPropertyValue(name, out var present) || present is null)
                whole[name] = value?.DeepClone();
            else if (present is JsonObject parts && value is JsonObject moreParts)
                Fill(parts, moreParts);
        }
    }
}
