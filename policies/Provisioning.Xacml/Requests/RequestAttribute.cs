namespace Provisioning.Xacml;

/// <summary>The values that one attribute has in one data type.</summary>
/// <param name="AttributeId">The identifier.</param>
/// <param name="Issuer">Who vouches for it.</param>
/// <param name="Values">The values.</param>
internal sealed record RequestAttribute(string AttributeId, string? Issuer, Bag Values)
{
    /// <summary>Where the values go; null if that is still to be found out.</summary>
    public AskedAttribute? Asked { get; init; }

    /// <summary>The values as they were written, if the request wants them repeated in the result.</summary>
    public List<IncludedValue>? Included { get; init; }
}

/// <summary>A value as it was written.</summary>
internal readonly record struct IncludedValue(string DataType, string Text, XPathValue? XPath);
