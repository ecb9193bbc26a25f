namespace Provisioning.Xacml;

/// <summary>One value of an obligation or an advice.</summary>
/// <param name="AttributeId">The attribute's identifier.</param>
/// <param name="Category">The attribute's category, if any.</param>
/// <param name="Issuer">The attribute's issuer, if any.</param>
/// <param name="DataType">The value's data type.</param>
/// <param name="Value">The value's lexical form.</param>
public sealed record AttributeAssignment(string AttributeId, string? Category, string? Issuer, string DataType, string Value)
{
    /// <summary>The value with its category and namespaces, if it is an xpathExpression.</summary>
    public XPathValue? XPath { get; init; }
}
