namespace Provisioning.Xacml;

/// <summary>Guesses which identifier was meant. Most slips are no misspellings: a short name, or a version that never had this name.</summary>
internal static class KnownIdentifiers
{
    private const string Standard = "urn:oasis:names:tc:xacml:";

    /// <summary>What to add to a message about an identifier that is not known; "" if nothing is near.</summary>
    public static string Hint(string id, IEnumerable<string> known)
    {
        var all = known.ToList();
        if (Named(Name(id), all) is { } same)
        {
            if (!id.Contains(':', StringComparison.Ordinal)) return $"; identifiers are written in full: '{same}'";
            return id.StartsWith(Standard, StringComparison.Ordinal) && same.StartsWith(Standard, StringComparison.Ordinal)
                ? $"; it keeps the identifier of the version that brought it: '{same}'" : $"; did you mean '{same}'?";
        }

        if (NearName.Of(id, all) is { } near) return $"; did you mean '{near}'?";
        return NearName.Of(Name(id), all.Select(Name)) is { } name ? $"; did you mean '{Named(name, all)}'?" : "";
    }

    /// <summary>The identifier of the same name and another kind, as what to write instead; "" if there is none.</summary>
    public static string Twin(string id, IEnumerable<string> known) => Named(Name(id), [.. known]) is { } twin ? $"; the one that does is '{twin}'" : "";

    // Of several versions, the newest: the older ones are kept for policies that have them.
    private static string? Named(string name, List<string> all) =>
        name.Length == 0 ? null : all.Where(one => Name(one) == name).OrderDescending(StringComparer.Ordinal).FirstOrDefault();

    private static string Name(string id) => id[(id.LastIndexOfAny([':', '#']) + 1)..];
}
