namespace Provisioning.Xacml;

/// <summary>An attribute that policies read. All designators of the same attribute share one slot, which is filled at most once per request.</summary>
internal sealed class AttributeSlot(string category, string attributeId, DataType type, string? issuer, int index)
{
    public string Category => category;

    public string AttributeId => attributeId;

    public DataType Type => type;

    public string? Issuer => issuer;

    public int Index => index;

    /// <summary>Whether it is one of those that the standard wants present in every request (10.2.5).</summary>
    public bool MayComeFromClock { get; } =
        issuer is null && category == Categories.Environment && attributeId.StartsWith(AttributeLookup.ClockPrefix, StringComparison.Ordinal);

    /// <summary>What its values take from the clock, of whatever type they are and whoever supplies them; null if they take nothing.</summary>
    public ClockPart? Clock { get; } = category == Categories.Environment ? AttributeLookup.PartOf(attributeId) : null;

    /// <summary>Where a designator first reads it; null if only selectors or the application do.</summary>
    public SourcePlace? FirstUse { get; set; }

    /// <summary>The hash under which a request keeps the attribute.</summary>
    public int Hash { get; } = AttributeTable.Hash(category, attributeId, type, issuer);

    /// <summary>What to say when the attribute must be present and is not; made once, so that it costs nothing to say.</summary>
    public Failure IsMissing { get; } = new(StatusCodes.MissingAttribute, $"the request lacks {attributeId} ({type.Name}) in {category}")
    {
        Missing = new MissingAttribute(category, attributeId, type.Uri, issuer),
    };
}
