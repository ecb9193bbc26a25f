namespace Provisioning.Scim;

/// <summary>A failure that has a SCIM error to say it with.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="scimType">The detail keyword of RFC 7644, table 9, or null.</param>
/// <param name="detail">What is wrong, in words.</param>
public sealed class ScimException(int status, string? scimType, string detail) : Exception(detail)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The detail keyword of RFC 7644, table 9, or null.</summary>
    public string? ScimType { get; } = scimType;
}
