using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>
/// The address of a target attribute: <c>attribute</c>, <c>attribute.sub</c> to any depth, <c>urn:…:User:attribute.sub</c>,
/// <c>emails[type eq "work"].value</c>, and <c>["a.name"]</c> for a name with dots.
/// </summary>
internal sealed class TargetPath
{
    private readonly IReadOnlyList<TargetStep> _steps;

    private TargetPath(IReadOnlyList<TargetStep> steps) => _steps = steps;

    /// <summary>The name of the attribute or sub-attribute that is written.</summary>
    public string LastName => _steps[^1].Name;

    /// <exception cref="FormatException">The text is no path; the message says why.</exception>
    public static TargetPath Parse(string text) => new(TargetPathReader.Read(text));

    /// <summary>The value at a path; null if there is none or the text is no path.</summary>
    public static JsonNode? Get(JsonObject attributes, string path)
    {
        try
        {
            return Parse(path).Get(attributes);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public JsonNode? Get(JsonObject attributes)
    {
        JsonObject? place = attributes;
        for (var i = 0; i < _steps.Count - 1 && place is not null; i++)
            place = _steps[i].Find(place);
        return place?[LastName];
    }

    /// <returns>False if a value that is no object stands where the path leads through.</returns>
    public bool Set(JsonObject attributes, JsonNode value)
    {
        JsonObject? place = attributes;
        for (var i = 0; i < _steps.Count - 1; i++)
        {
            place = _steps[i].Make(place);
            if (place is null)
                return false;
        }

        place[LastName] = value;
        return true;
    }

    /// <summary>Whether this path leads to the other's place or to something that the other's place is part of.</summary>
    public bool Covers(TargetPath other) =>
        _steps.Count <= other._steps.Count && _steps.Zip(other._steps).All(x => x.First.IsSameAs(x.Second) || IsWholeList(x.First, x.Second));

    public bool IsSameAs(TargetPath other) => _steps.Count == other._steps.Count && _steps.Zip(other._steps).All(x => x.First.IsSameAs(x.Second));

    // "emails" is all of the list of which "emails[type eq "work"]" is an entry.
    private bool IsWholeList(TargetStep ours, TargetStep theirs) => ReferenceEquals(ours, _steps[^1]) && ours.Entry is null && ours.Name == theirs.Name;
}
