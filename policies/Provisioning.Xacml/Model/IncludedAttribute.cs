namespace Provisioning.Xacml;

/// <summary>A value that the request wants repeated in the result.</summary>
/// <param name="Category">The attribute's category.</param>
/// <param name="AttributeId">The attribute's identifier.</param>
/// <param name="Issuer">Who vouches for it.</param>
/// <param name="DataType">The data type of the value.</param>
/// <param name="Value">The lexical form of the value.</param>
public sealed record IncludedAttribute(string Category, string AttributeId, string? Issuer, string DataType, string Value)
{
    /// <summary>The name that the request gave to this occurrence of the category (xml:id).</summary>
    public string? CategoryId { get; init; }

    /// <summary>The value with its category and namespaces, if it is an xpathExpression.</summary>
    public XPathValue? XPath { get; init; }

    internal bool IsBeside(IncludedAttribute other) => Category == other.Category && CategoryId == other.CategoryId;

    internal bool IsOf(IncludedAttribute other) => IsBeside(other) && AttributeId == other.AttributeId && Issuer == other.Issuer;
}
