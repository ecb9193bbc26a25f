namespace Provisioning.Xacml;

/// <summary>The attributes that an application's requests have, against which policies can be checked.</summary>
public sealed class AttributeCatalog
{
    // So far apart are two names that one is hardly a slip of the other.
    private const int MaxDistance = 8;
    private readonly ILookup<(string Category, string AttributeId), KnownAttribute> _known;

    /// <summary>Makes a catalog.</summary>
    /// <param name="attributes">The attributes; the same one may come with several data types.</param>
    /// <param name="openCategories">Categories in which requests may have further attributes of which nobody knows beforehand.</param>
    public AttributeCatalog(IEnumerable<KnownAttribute> attributes, IEnumerable<string>? openCategories = null)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        Attributes = [.. attributes];
        OpenCategories = [.. openCategories ?? []];
        _known = Attributes.ToLookup(one => (one.Category, one.AttributeId));
    }

    /// <summary>The attributes.</summary>
    public IReadOnlyList<KnownAttribute> Attributes { get; }

    /// <summary>The categories in which there may be others.</summary>
    public IReadOnlyList<string> OpenCategories { get; }

    /// <summary>Says what is known of attributes that cannot all be listed, by category and identifier; null of one that may or may not be there.
    /// <value>The default value is none.</value></summary>
    public Func<string, string, AttributeVerdict?>? Judge { get; init; }

    /// <summary>The attribute in each type in which it is supplied; empty if it is not.</summary>
    internal IEnumerable<KnownAttribute> Find(string category, string attributeId) => _known[(category, attributeId)];

    internal bool IsSingle(AttributeSlot slot) =>
        Find(slot.Category, slot.AttributeId).Any(known => known.IsSingle && known.DataType == slot.Type);

    /// <summary>The attribute that is spelt most alike: of the same category if there is one; null if none is near.</summary>
    internal (KnownAttribute Attribute, int Distance)? Nearest(string category, string attributeId)
    {
        var near = Attributes
            .Select(known => (Attribute: known, Distance: EditDistance.Between(attributeId, known.AttributeId) + (known.Category == category ? 0 : 1)))
            .Where(candidate => candidate.Distance <= MaxDistance)
            .OrderBy(candidate => candidate.Distance)
            .Take(1).ToList();
        return near is [var best] ? best : null;
    }
}
