namespace Provisioning.Xacml;

/// <summary>An attribute that an evaluation looked at.</summary>
/// <param name="Category">The attribute's category.</param>
/// <param name="AttributeId">The attribute's identifier, or the path of a selector.</param>
/// <param name="DataType">The data type of its values.</param>
/// <param name="Issuer">Who had to vouch for it, if that mattered.</param>
/// <param name="Values">The lexical forms of its values; empty if it is missing.</param>
/// <param name="MustBePresent">Whether it had to be there.</param>
public sealed record TracedAttribute(
    string Category, string AttributeId, string DataType, string? Issuer, IReadOnlyList<string> Values, bool MustBePresent)
{
    /// <summary>Whether a selector looked into the category's content, with <see cref="AttributeId"/> as its path.</summary>
    public bool IsPath { get; init; }

    internal bool IsOf(TracedAttribute other) => AttributeId == other.AttributeId && Category == other.Category && DataType == other.DataType
        && Issuer == other.Issuer && IsPath == other.IsPath;
}
