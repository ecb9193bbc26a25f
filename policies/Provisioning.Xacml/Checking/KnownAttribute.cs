namespace Provisioning.Xacml;

/// <summary>An attribute that requests are known to have.</summary>
/// <param name="Category">Its category.</param>
/// <param name="AttributeId">Its identifier.</param>
/// <param name="DataType">The type of its values.</param>
/// <param name="IsSingle">Whether a request never has more than one value of it.</param>
public sealed record KnownAttribute(string Category, string AttributeId, DataType DataType, bool IsSingle = false)
{
    /// <summary>The texts that it can have, as far as they are known beforehand; null if they are not.</summary>
    public IReadOnlyCollection<string>? Values { get; init; }
}
