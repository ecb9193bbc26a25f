using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>An order of resources (RFC 7644, section 3.4.2.3): by one attribute, texts without regard to case. Resources without the attribute come last, or first when it is
/// descending.</summary>
public sealed class ScimSort
{
    private readonly AttributePath _path;

    private ScimSort(AttributePath path, bool descending) => (_path, Descending) = (path, descending);

    /// <summary>The last one comes first.</summary>
    public bool Descending { get; }

    /// <summary>Parses <c>sortBy</c> and <c>sortOrder</c>.</summary>
    /// <exception cref="ScimException">400: one of them is malformed.</exception>
    public static ScimSort Parse(string by, string? order)
    {
        ArgumentNullException.ThrowIfNull(by);
        var path = AttributePath.TryParse(by) ?? throw new ScimException(400, "invalidPath", $"'sortBy' is '{by}'; it must be the path of an attribute");
        return order?.ToUpperInvariant() switch
        {
            null or "" or "ASCENDING" => new ScimSort(path, false),
            "DESCENDING" => new ScimSort(path, true),
            _ => throw new ScimException(400, "invalidValue", $"'sortOrder' is '{order}'; it must be ascending or descending"),
        };
    }

    /// <summary>Whether it looks at an attribute of the core schema.</summary>
    public bool Uses(string attribute) => _path.IsOf(attribute);

    /// <summary>What a resource is ordered by: of several values the primary one, else the first; null if there is none.</summary>
    public string? KeyOf(JsonObject resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (_path is { Urn: null, Sub: { } part } && ScimAttributes.Find(resource, _path.Name) is JsonArray entries)
            return ScimAttributes.Find(entries.OfType<JsonObject>().FirstOrDefault(PatchRules.IsPrimary) ?? entries.OfType<JsonObject>().FirstOrDefault() ?? [], part)?.ToString();
        var values = _path.Values(resource).ToList();
        var value = values.OfType<JsonObject>().FirstOrDefault(PatchRules.IsPrimary) ?? values.FirstOrDefault();
        return value is JsonObject complex ? ScimAttributes.Find(complex, "value")?.ToString() : value?.ToString();
    }

    /// <summary>Compares two keys in the order that was asked for.</summary>
    public int Compare(string? one, string? other)
    {
        var compared = (one, other) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            _ => string.Compare(one, other, StringComparison.OrdinalIgnoreCase),
        };
        return Descending ? -compared : compared;
    }
}
