namespace Provisioning.Scim;

/// <summary>A request that the protocol refuses (RFC 7644, section 3.12).</summary>
public sealed class ScimException : Exception
{
    /// <summary>Creates a refusal.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="scimType">The detail error keyword, for example <c>invalidFilter</c>, or null when the standard has none.</param>
    /// <param name="detail">What is wrong, in words; lower case, no full stop.</param>
    public ScimException(int status, string? scimType, string detail)
        : base(detail)
    {
        Status = status;
        ScimType = scimType;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The detail error keyword, or null.</summary>
    public string? ScimType { get; }

    /// <summary>What is wrong, in words.</summary>
    public string Detail => Message;
}
