namespace Provisioning.Xacml;

/// <summary>One Attributes element: attributes of a category, and its content.</summary>
/// <param name="Category">The category.</param>
/// <param name="Id">The name by which multiple requests refer to it.</param>
internal sealed record RequestCategory(string Category, string? Id)
{
    public XacmlContent? Content { get; init; }

    public IReadOnlyList<RequestAttribute> Attributes { get; init; } = [];

    /// <summary>The values that are to be repeated in the result.</summary>
    public IEnumerable<IncludedAttribute> Included =>
        from attribute in Attributes
        where attribute.Included is not null
        from value in attribute.Included!
        select new IncludedAttribute(Category, attribute.AttributeId, attribute.Issuer, value.DataType, value.Text)
        {
            CategoryId = Id,
            XPath = value.XPath,
        };
}
